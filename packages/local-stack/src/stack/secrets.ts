import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What a stand-in for the providers and the API have to agree on. */
export interface Secrets {
  readonly SEALING_KEY: string;
  readonly PASSWORD_PEPPER: string;
  /** P-256, PKCS#8 in base64: signs the mailroom's event webhooks. */
  readonly mailroomPrivateKey: string;
  /** The stand-in account of SendGrid and Twilio. */
  readonly sendGridApiKey: string;
  readonly twilioAccountSid: string;
  readonly twilioAuthToken: string;
}

function makeSecrets(): Secrets {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return {
    SEALING_KEY: randomBytes(32).toString('base64'),
    PASSWORD_PEPPER: randomBytes(32).toString('base64'),
    mailroomPrivateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    sendGridApiKey: `SG.${randomBytes(16).toString('base64url')}.${randomBytes(32).toString('base64url')}`,
    twilioAccountSid: `AC${randomBytes(16).toString('hex')}`,
    twilioAuthToken: randomBytes(16).toString('hex'),
  };
}

/**
 * The keys of this machine's product: made once and kept in a file that only its owner can read. Without them the
 * kept data cannot be read again, so they stand beside it.
 */
export async function keptSecrets(file: string): Promise<Secrets> {
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (kept !== undefined) return JSON.parse(kept) as Secrets;
  const secrets = makeSecrets();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return secrets;
}

/** The public half of a private key, in the form that SendGrid's settings show: DER (SPKI) in base64. */
export function publicKeyOf(privateKey: string): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
}
