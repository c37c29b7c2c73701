import { createClient } from '@casetalk/client';
import pg from 'pg';
import { answerOf } from '../../support/clinic.ts';
import type { ApiProcess } from './api-process.ts';
import { headersOf, type Seat, type SignedIn } from './signed-in.ts';

/** Fewer than a clinician may send in an hour. */
const perHour = 20;
const atOnce = 8;

/** Acts for whoever holds a session. */
const clientOf = (url: string, seat: Seat) =>
  createClient({
    baseUrl: url,
    fetch: (input, init) =>
      fetch(input, {
        ...init,
        headers: { ...Object.fromEntries(new Headers(init?.headers)), ...headersOf(seat) },
      }),
  });

/**
 * Invites so many patients, each on a case of their own. The hours by which a clinician's invitations are bounded go by
 * in between.
 * @returns their addresses
 */
export async function inviteMany(
  { url, adminUrl }: Pick<ApiProcess, 'url' | 'adminUrl'>,
  people: SignedIn,
  count: number,
): Promise<string[]> {
  const database = new pg.Client({ connectionString: adminUrl });
  await database.connect();
  const emails: string[] = [];
  const invite = async (email: string): Promise<void> => {
    const client = clientOf(url, people.anyClinician());
    const body = { patientName: 'Ana Ruiz', patientBirthDate: '1988-04-17', title: 'Knee pain after a fall' };
    const { id: caseId } = await answerOf(client.createCase({ body }));
    await answerOf(client.createInvitation({ params: { caseId }, body: { email } }));
    emails.push(email);
  };
  try {
    for (let begun = 0; begun < count; begun += atOnce) {
      if (begun % perHour < atOnce) await database.query('truncate rate_counters');
      const some = Array.from(
        { length: Math.min(atOnce, count - begun) },
        (_, index) => `invitee-${begun + index}@example.com`,
      );
      await Promise.all(some.map(invite));
    }
    return emails;
  } finally {
    await database.end();
  }
}
