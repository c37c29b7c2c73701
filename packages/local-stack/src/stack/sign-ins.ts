import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../root.ts';
import type { SignIn } from './tables.ts';

/**
 * The demo's people, from the file that the demo data is made from. It is read at run time, as one reads a data
 * file: the stack is built without any part of the product.
 */
export async function readSignIns(): Promise<readonly SignIn[]> {
  const file = join(root, 'apps/api/src/db/demo/people.ts');
  const { signIns } = (await import(pathToFileURL(file).href)) as { signIns: readonly SignIn[] };
  return signIns;
}

/** The `otpauth://` addresses of those who have an authenticator app, for the mailroom's own. */
export function authenticatorAccounts(people: readonly SignIn[]): string[] {
  return people.flatMap(({ email, setupKey }) =>
    setupKey === undefined
      ? []
      : [`otpauth://totp/CaseTalk:${encodeURIComponent(email)}?secret=${setupKey}&issuer=CaseTalk`],
  );
}
