import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What the stand-in for SendGrid and Twilio has to agree on with the API. */
export interface ProviderAccounts {
  /** P-256, PKCS#8 in base64: signs the mailroom's event webhooks. */
  readonly mailroomPrivateKey: string;
  readonly sendGridApiKey: string;
  readonly twilioAccountSid: string;
  readonly twilioAuthToken: string;
}

function makeAccounts(): ProviderAccounts {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return {
    mailroomPrivateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    sendGridApiKey: `SG.${randomBytes(16).toString('base64url')}.${randomBytes(32).toString('base64url')}`,
    twilioAccountSid: `AC${randomBytes(16).toString('hex')}`,
    twilioAuthToken: randomBytes(16).toString('hex'),
  };
}

/** The stand-in's accounts on this machine: made once and kept in a file that only its owner can read. */
export async function keptProviderAccounts(file: string): Promise<ProviderAccounts> {
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (kept !== undefined) return JSON.parse(kept) as ProviderAccounts;
  const accounts = makeAccounts();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return accounts;
}

/** The public half of a private key, in the form that SendGrid's settings show: DER (SPKI) in base64. */
export function publicKeyOf(privateKey: string): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
}
