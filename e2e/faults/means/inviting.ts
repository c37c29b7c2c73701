import { type Account, type Caller, signIn } from '../../attacks/means/caller.ts';
import { newAccount, openCase } from '../../attacks/means/cast.ts';
import type { World } from '../../attacks/world.ts';

/** What a clinician sees of an invitation. */
export interface Shown {
  readonly id: string;
  readonly delivery: string;
  readonly deliveryReason: string | null;
  readonly codeFailedAt: string | null;
  readonly codeFailure: string | null;
  readonly abilities: { readonly resend: boolean; readonly correct: boolean };
}

/** An invitation that was acknowledged. */
export interface Invited {
  readonly id: string;
  readonly email: string;
  readonly doctor: Caller;
  readonly doctorAccount: Account;
  /** As the API answered it. */
  readonly shown: Shown;
  /** Milliseconds until the API had answered. */
  readonly took: number;
}

/** How many one clinician sends here: fewer than the thirty that they may in an hour. */
const perClinician = 25;

/** Clinicians who invite, one after the other, each new patient to a case of their own. */
export class Inviters {
  readonly #world: World;
  readonly #each: number;
  #doctor: { readonly account: Account; readonly caller: Caller } | undefined;
  #sent = 0;

  /** @param each how many each of them sends */
  constructor(world: World, each = perClinician) {
    this.#world = world;
    this.#each = each;
  }

  /** @throws when the API does not take it */
  async invite(email = `outage-${crypto.randomUUID().slice(0, 13)}@example.com`): Promise<Invited> {
    const { account: doctorAccount, caller: doctor } = await this.#next();
    const caseId = await openCase(doctor);
    const answer = await doctor.send('POST', `/v1/cases/${caseId}/invitations`, { email });
    if (answer.status !== 201) throw new Error(`Inviting was answered with ${answer.status}: ${answer.text}`);
    const shown = JSON.parse(answer.text) as Shown;
    return { id: shown.id, email, doctor, doctorAccount, shown, took: answer.took };
  }

  async #next() {
    if (!this.#doctor || this.#sent % this.#each === 0) {
      const account = await newAccount(this.#world.target, 'clinician');
      this.#doctor = { account, caller: await signIn(this.#world.target, account) };
    }
    this.#sent += 1;
    return this.#doctor;
  }
}

/** What its clinician sees of an invitation now. */
export async function shownNow({ doctor, id }: Pick<Invited, 'doctor' | 'id'>): Promise<Shown> {
  const { text, status } = await doctor.ask({ path: `/v1/invitations/${id}` });
  if (status !== 200) throw new Error(`An invitation was answered with ${status}.`);
  return JSON.parse(text) as Shown;
}

/** The half minute until a provider that is left alone is tried again goes by. */
export const tryProvidersNow = ({ database }: World): Promise<unknown> =>
  database.rows('update provider_circuits set probe_at = now() where opened_at is not null');

/** Jobs of a kind that are not over yet. */
export const waiting = ({ database }: World, name: string): Promise<number> =>
  database.count(`select count(*) from pgboss.job where name = $1 and state < 'completed'`, [name]);
