import type { MailroomClient } from '@casetalk/mailroom/client';
import type { Database } from '../support/database.ts';
import { codeIn } from '../support/mail.ts';
import { phoneOf } from '../support/second-factor.ts';

/** Where the codes come from with which people sign in. */
export interface CodeSources {
  readonly database: Database;
  readonly mailroom: MailroomClient;
}

/** Asks for a text message to a patient's phone and answers the code of the one that comes. */
export async function textedCode(
  { database, mailroom }: CodeSources,
  email: string,
  ask: () => Promise<unknown>,
): Promise<string> {
  const to = await phoneOf(database, email);
  const [before] = await mailroom.texts({ to });
  await ask();
  return codeIn(await mailroom.nextText({ to, ...(before && { after: before.id }) }));
}
