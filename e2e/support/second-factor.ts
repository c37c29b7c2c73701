import type { Client } from '@casetalk/client';
import { type SignInProgress } from '@casetalk/contract';
import { readSignIns } from '@casetalk/local-stack';
import { MailroomClient } from '@casetalk/mailroom/client';
import { Secret, TOTP } from 'otpauth';
import { type Database, openDatabase } from './database.ts';
import { codeIn } from './mail.ts';
import type { Product } from './product.ts';

/** Where a person's authenticator app and phone are found. */
export type Pockets = Pick<Product, 'mailroomUrl' | 'ownerUrl'>;

const signIns = readSignIns();

/**
 * What the authenticator app of a clinician of the demo shows, half a minute after the code that was used last: each
 * code works once.
 */
export async function authenticatorCode(database: Database, email: string): Promise<string> {
  const setupKey = (await signIns).find((person) => person.email === email)?.setupKey;
  if (setupKey === undefined) throw new Error(`${email} has no authenticator app.`);
  await database.rows(
    `update authenticators set last_step = last_step - 10
     from clinicians where clinicians.id = authenticators.clinician_id and clinicians.email = $1`,
    [email],
  );
  return new TOTP({ secret: Secret.fromBase32(setupKey) }).generate();
}

/** Where a patient's codes go, E.164. */
export async function phoneOf(database: Database, email: string): Promise<string> {
  const [row] = await database.rows<{ phone: string }>('select phone from patients where email = $1', [
    email,
  ]);
  if (!row) throw new Error(`There is no patient ${email}.`);
  return row.phone;
}

/** Gives what a sign-in asks for beside the password: the app's code, or the one that arrives by text. */
export async function giveSecondFactor(
  client: Client,
  { delivery }: SignInProgress,
  email: string,
  { mailroomUrl, ownerUrl }: Pockets,
): Promise<boolean> {
  const database = openDatabase(ownerUrl);
  try {
    const method = delivery.find(({ channel }) => channel === 'text');
    if (!method) {
      const code = await authenticatorCode(database, email);
      return (await client.submitSignInAuthenticatorCode({ body: { code } })).ok;
    }
    const mailroom = new MailroomClient(mailroomUrl);
    const to = await phoneOf(database, email);
    const before = (await mailroom.texts({ to }))[0]?.id;
    await client.sendSignInCode({ body: { methodId: method.id } });
    const text = await mailroom.nextText({ to, ...(before === undefined ? {} : { after: before }) });
    return (await client.submitSignInCode({ body: { code: codeIn(text) } })).ok;
  } finally {
    await database.close();
  }
}
