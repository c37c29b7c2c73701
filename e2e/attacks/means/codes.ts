import type { Portal } from '@casetalk/contract';
import { MailroomClient } from '@casetalk/mailroom/client';
import { arranged } from '../attack.ts';
import { codeIn } from '../../support/mail.ts';
import { inTables } from './tables.ts';
import type { Target } from './target.ts';

/** Sends and mails are bounded by the day, and all attacks are one afternoon: forgets what was counted so far. */
export async function forgetCaps({ ownerUrl }: Pick<Target, 'ownerUrl'>): Promise<void> {
  await inTables(ownerUrl, async (database) => {
    for (const table of ['rate_counters', 'code_sends']) await database.rows(`delete from ${table}`);
  });
}

/** The number that an account's codes go to. */
export async function phoneOf(
  { ownerUrl }: Pick<Target, 'ownerUrl'>,
  { portal, email }: { readonly portal: Portal; readonly email: string },
): Promise<string> {
  const [row] = await inTables(ownerUrl, (database) =>
    database.rows<{ phone: string }>(`select phone from ${portal}s where email = $1`, [email]),
  );
  arranged(row !== undefined, `an account of ${email}`);
  return row.phone;
}

/** The code that a text to this number brings once it is asked for. */
export async function nextCode(
  { mailroomUrl }: Pick<Target, 'mailroomUrl'>,
  to: string,
  send: () => Promise<{ status: number; text: string }>,
): Promise<string> {
  const mailroom = new MailroomClient(mailroomUrl);
  const [before] = await mailroom.texts({ to });
  const sent = await send();
  arranged(sent.status === 202, `a code, answered with ${sent.status}: ${sent.text}`);
  return codeIn(await mailroom.nextText({ to, timeoutMs: 30_000, ...(before && { after: before.id }) }));
}
