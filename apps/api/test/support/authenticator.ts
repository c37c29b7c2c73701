import type { Client } from '@casetalk/client';
import { Secret, TOTP } from 'otpauth';
import { newId } from '../../src/db/new-id.ts';
import { newSetupKey } from '../../src/gateways/authenticator-codes.ts';
import { authenticatorContext } from '../../src/modules/second-factors/index.ts';
import type { TestApi } from './api.ts';
import { answer } from './result.ts';

/** The setup keys that the authenticator apps of this process hold, by the address of the account. */
const setupKeys = new Map<string, string>();

/** What an authenticator app shows for a setup key, now or some steps of 30 seconds from now. */
export const codeOf = (setupKey: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(setupKey) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** The setup key of somebody's authenticator app. */
export function setupKeyOf(email: string): string {
  const key = setupKeys.get(email);
  if (!key) throw new Error(`${email} has no authenticator app.`);
  return key;
}

/** An authenticator app that a clinician has set up long ago, in the rows and under the seal of anybody's. */
export async function giveAuthenticator(api: TestApi, clinicianId: string, email: string): Promise<void> {
  const id = newId();
  const setupKey = newSetupKey();
  await api.sql.query(
    `insert into authenticators (id, portal, clinician_id, sealed_secret, last_step) values ($1, 'clinician', $2, $3, 0)`,
    [id, clinicianId, api.deps.sealer.seal(setupKey, authenticatorContext(id))],
  );
  setupKeys.set(email, setupKey);
}

/** Sets an authenticator app up where a first sign-in asks for it. @returns the recovery codes */
export async function enrol(client: Client, email: string): Promise<string[]> {
  const { setupKey } = answer(await client.startSignInAuthenticator());
  const { recoveryCodes } = answer(
    await client.confirmSignInAuthenticator({ body: { code: codeOf(setupKey) } }),
  );
  setupKeys.set(email, setupKey);
  return recoveryCodes;
}

/** A code that was not used yet: half a minute has passed since the one before. */
export async function freshCode(api: TestApi, email: string): Promise<string> {
  await api.sql.query(
    `update authenticators set last_step = last_step - 10
     from clinicians where clinicians.id = authenticators.clinician_id and clinicians.email = $1`,
    [email],
  );
  return codeOf(setupKeyOf(email));
}

/** The clinician has nothing set up yet, as before the first sign-in. */
export async function withoutFactors(api: TestApi, clinicianId: string): Promise<void> {
  await api.sql.query('delete from authenticators where clinician_id = $1', [clinicianId]);
}

/** The waits after wrong tries are over. */
export async function passWaits(api: TestApi): Promise<void> {
  await api.sql.query('update sign_in_failures set blocked_until = now()');
}

/** What was proved in these sessions is no longer fresh. */
export async function passFreshness(api: TestApi, personId: string): Promise<void> {
  await api.sql.query(
    `update sessions set password_proved_at = now() - interval '301 seconds', factor_proved_at = now() - interval '301 seconds'
     where coalesce(clinician_id, patient_id) = $1`,
    [personId],
  );
}
