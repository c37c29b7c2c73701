import type { Portal } from '@casetalk/contract';
import { jwtVerify, SignJWT } from 'jose';
import { newId } from '../db/new-id.ts';
import { deriveKey } from './derive-key.ts';

/** A browser in which a person has passed a second factor, or finished a registration, before. */
export interface KnownDevice {
  readonly personId: string;
  readonly deviceId: string;
  /** When the browser last proved to be the person's. */
  readonly since: Date;
}

export interface KnownDevices {
  /** A token for the browser's cookie, good for so many seconds; the device keeps its id when it was known. */
  remember(portal: Portal, personId: string, lifeSeconds: number, known?: KnownDevice): Promise<string>;
  /** @returns undefined for tokens that are forged, too old, or of another portal */
  recognise(portal: Portal, token: string): Promise<KnownDevice | undefined>;
}

const algorithm = 'HS256';
const type = 'known-device+jwt';
const issuer = 'casetalk';

/**
 * A signed note that a person has signed in with a browser before (a JWT, RFC 7519). It opens nothing without the
 * password: it keeps strangers' wrong guesses from making the owner wait, and spares patients the second factor. Algorithm, type, issuer, audience and expiry are all pinned (RFC 8725).
 * @param key the server's key, 32 bytes in base64
 */
export function createKnownDevices(key: string): KnownDevices {
  const secret = deriveKey(key, 'casetalk known device 1');
  return {
    remember: (portal, personId, lifeSeconds, known) =>
      new SignJWT()
        .setProtectedHeader({ alg: algorithm, typ: type })
        .setIssuer(issuer)
        .setAudience(portal)
        .setSubject(personId)
        .setJti(known?.deviceId ?? newId())
        .setIssuedAt()
        .setExpirationTime(`${lifeSeconds} seconds`)
        .sign(secret),
    async recognise(portal, token) {
      const verified = await jwtVerify(token, secret, {
        algorithms: [algorithm],
        typ: type,
        issuer,
        audience: portal,
        requiredClaims: ['exp', 'iat', 'sub', 'jti'],
      }).catch(() => undefined);
      const { sub, jti, iat } = verified?.payload ?? {};
      return sub && jti && iat ? { personId: sub, deviceId: jti, since: new Date(iat * 1000) } : undefined;
    },
  };
}
