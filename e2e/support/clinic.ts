import { type Client, createClient, type Result } from '@casetalk/client';
import type { Portal } from '@casetalk/contract';
import { fetchWithCookies } from './cookie-jar.ts';
import { cookiesOfBrowser } from './known-browsers.ts';
import { type DemoClinician, demoPassword, type Patient } from './people.ts';
import type { Product } from './product.ts';
import { giveSecondFactor } from './second-factor.ts';

/** What the API answered. @throws an Error that names the problem when it refused */
export async function answerOf<T>(asked: Promise<Result<T>>): Promise<T> {
  const result = await asked;
  if (result.ok) return result.data;
  throw new Error(`The API refused: ${result.problem.code} ${result.problem.detail ?? ''}`);
}

/**
 * A program that acts for a signed-in person, with cookies of its own: for a patient, in the browser in which a program
 * registered them; for anybody else with a second factor.
 * @param fetcher keeps the cookies; another one than usual where somebody wants to see them
 */
export async function signedIn(
  product: Pick<Product, 'apiUrl' | 'ownerUrl' | 'mailroomUrl'>,
  portal: Portal,
  email: string,
  password: string,
  fetcher: typeof globalThis.fetch = fetchWithCookies(cookiesOfBrowser(email)),
): Promise<Client> {
  const client = createClient({ baseUrl: product.apiUrl, portal, fetch: fetcher });
  const begun = await answerOf(client.signIn({ body: { email, password } }));
  if ('step' in begun && !(await giveSecondFactor(client, begun, email, product))) {
    throw new Error(`The API refused the second factor of ${email}.`);
  }
  return client;
}

export interface OpenedCase {
  readonly id: string;
  /** Acts for the clinician who opened it. */
  readonly client: Client;
}

/** Opens a case about a patient of a story, with these members. */
export async function openCase(
  product: Product,
  { owner, members = [], patientName, title = 'Knee pain after a fall' }: CaseWishes,
): Promise<OpenedCase> {
  const client = await signedIn(product, 'clinician', owner.email, demoPassword);
  const { id } = await answerOf(
    client.createCase({ body: { patientName, patientBirthDate: '1988-04-17', title } }),
  );
  for (const { name } of members) {
    const { data } = await answerOf(client.listClinicians({ query: { search: name } }));
    const [found] = data;
    if (!found) throw new Error(`There is no ${name}.`);
    await answerOf(client.addCaseMember({ params: { caseId: id, clinicianId: found.id } }));
  }
  return { id, client };
}

interface CaseWishes {
  readonly owner: DemoClinician;
  readonly members?: readonly DemoClinician[];
  readonly patientName: string;
  readonly title?: string;
}

/** Invites a patient in the name of the case's owner. Answers the invitation's id and its talk's. */
export async function invite(
  { id, client }: OpenedCase,
  patient: Pick<Patient, 'email'> & Partial<Patient>,
  more: { readonly firstMessage?: string; readonly language?: 'en' | 'es' } = {},
): Promise<{ readonly id: string; readonly talkId: string }> {
  const { email, mobile = null } = patient;
  return answerOf(client.createInvitation({ params: { caseId: id }, body: { email, mobile, ...more } }));
}
