import type { Portal } from '@casetalk/contract';
import type { Origin } from '../../actors.ts';
import type { Database, Tx } from '../../db/database.ts';
import type { KnownDevice, KnownDevices } from '../../gateways/known-devices.ts';
import type { PasswordHasher } from '../../gateways/password-hasher.ts';
import { ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';

/** What an account is opened with. */
export interface Credential {
  readonly id: string;
  readonly passwordHash: string;
  readonly devicesForgottenAt: Date | null;
}

/** One try that was taken from a budget; the right password gives the budget back. */
export interface PasswordTry {
  forgive(tx: Tx): Promise<void>;
}

export interface PasswordCheckNeeds {
  readonly db: Database;
  readonly hasher: PasswordHasher;
  readonly knownDevices: KnownDevices;
  readonly credentialByEmail: (tx: Tx, portal: Portal, email: string) => Promise<Credential | undefined>;
  /** Puts a hash in the place of another one of the same password, unless the password has changed meanwhile. */
  readonly renewHash: (
    tx: Tx,
    portal: Portal,
    id: string,
    hashes: { readonly from: string; readonly to: string },
  ) => Promise<void>;
  /** Takes a try from the budget of an address or a device. @throws ProblemError `too-many-tries` */
  readonly claimTry: (portal: Portal, subject: string) => Promise<PasswordTry>;
}

export interface CheckedPassword {
  readonly account: Credential;
  /** The device, when the account was signed in to with it before. */
  readonly known: KnownDevice | undefined;
  readonly attempt: PasswordTry;
}

/**
 * Judges an address and a password. The try is paid before anything is compared; unknown addresses cost the same work,
 * and a refusal is written down for both alike. A right password whose hash is of an old make is hashed anew.
 */
export function createPasswordCheck(needs: PasswordCheckNeeds) {
  const { db, hasher } = needs;

  /** Nobody waits in vain for it: when there is no room for one more hash, the next sign-in does it. */
  async function renew(
    portal: Portal,
    { id, passwordHash: from }: Credential,
    password: string,
  ): Promise<void> {
    const to = await hasher.hash(password).catch(() => undefined);
    if (to !== undefined) await db.transaction((tx) => needs.renewHash(tx, portal, id, { from, to }));
  }

  /** @throws ProblemError `wrong-credentials`, `too-many-tries`, `unavailable` */
  return async function check(
    portal: Portal,
    { email, password }: { readonly email: string; readonly password: string },
    origin: Origin,
    deviceToken: string | undefined,
  ): Promise<CheckedPassword> {
    const account = await db.transaction((tx) => needs.credentialByEmail(tx, portal, email));
    const device = await needs.knownDevices.recognise(portal, deviceToken ?? '');
    const known = device && account && isKnown(device, account) ? device : undefined;
    const attempt = await needs.claimTry(portal, known ? `device:${known.deviceId}` : email);
    const matches = await hasher.verify(password, account?.passwordHash ?? null);
    if (!matches || !account) {
      await db.transaction((tx) =>
        recordAudit(tx, { kind: 'anyone' }, origin, {
          action: 'signIn.begin',
          resourceType: portal,
          resourceId: account?.id ?? null,
          outcome: 'refused',
        }),
      );
      throw new ProblemError('wrong-credentials');
    }
    if (hasher.isOutdated(account.passwordHash)) await renew(portal, account, password);
    return { account, known, attempt };
  };
}

/** Whole seconds are all that a token says of its time. */
const isKnown = (device: KnownDevice, account: Credential): boolean =>
  device.personId === account.id &&
  device.since.getTime() + 1000 > (account.devicesForgottenAt?.getTime() ?? 0);
