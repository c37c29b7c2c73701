import type {
  NewPasskeyCredential,
  PasskeyCreation,
  PasskeyProof,
  PasskeyRequest,
  Portal,
} from '@casetalk/contract';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';

/** A passkey as it is kept: its public half. */
export interface StoredPasskey {
  readonly credentialId: Buffer;
  /** COSE. */
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: string[];
}

export interface NewPasskey extends StoredPasskey {
  readonly synced: boolean;
}

type Known = Pick<StoredPasskey, 'credentialId' | 'transports'>;

export interface Passkeys {
  /** What a browser needs to make a passkey, with a new challenge. */
  creation(
    portal: Portal,
    person: { readonly id: string; readonly name: string; readonly email: string },
    known: readonly Known[],
  ): Promise<PasskeyCreation>;
  /** What a browser needs to use one of these passkeys, with a new challenge. */
  request(portal: Portal, known: readonly Known[]): Promise<PasskeyRequest>;
  /** @returns undefined when the answer does not fit the challenge or this portal, or nobody was verified */
  readNew(portal: Portal, challenge: string, given: NewPasskeyCredential): Promise<NewPasskey | undefined>;
  /** @returns the use counter; undefined when the signature, the challenge, the portal or the counter does not fit */
  readProof(
    portal: Portal,
    challenge: string,
    given: PasskeyProof,
    stored: StoredPasskey,
  ): Promise<{ readonly counter: number; readonly synced: boolean } | undefined>;
}

/** A person may have to find their phone first. Milliseconds. */
const patience = 300_000;

/**
 * Passkeys (WebAuthn Level 3): each portal is a relying party of its own, named by its address alone. The person must be
 * verified by the device, by a finger, a face or a PIN.
 * @param urls the portals' public addresses
 */
export function createPasskeys(urls: Readonly<Record<Portal, string>>): Passkeys {
  const party = (portal: Portal) => {
    const { hostname, origin } = new URL(urls[portal]);
    return { rpID: hostname, origin };
  };
  const described = (known: readonly Known[]) =>
    known.map(({ credentialId, transports }) => ({
      id: credentialId.toString('base64url'),
      type: 'public-key' as const,
      transports: [...transports],
    }));

  return {
    async creation(portal, person, known) {
      const { rpID } = party(portal);
      const made = await generateRegistrationOptions({
        rpName: 'CaseTalk',
        rpID,
        userID: Uint8Array.from(Buffer.from(person.id)),
        userName: person.email,
        userDisplayName: person.name,
      });
      return {
        rp: { id: rpID, name: 'CaseTalk' },
        user: made.user,
        challenge: made.challenge,
        pubKeyCredParams: made.pubKeyCredParams.map(({ alg }) => ({ type: 'public-key', alg })),
        timeout: patience,
        excludeCredentials: described(known),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        attestation: 'none',
      };
    },

    async request(portal, known) {
      const { rpID } = party(portal);
      const { challenge } = await generateAuthenticationOptions({ rpID });
      return {
        rpId: rpID,
        challenge,
        timeout: patience,
        allowCredentials: described(known),
        userVerification: 'required',
      };
    },

    async readNew(portal, challenge, given) {
      const { rpID, origin } = party(portal);
      const read = await verifyRegistrationResponse({
        response: { ...given, clientExtensionResults: {} } as RegistrationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification: true,
      }).catch(() => undefined);
      if (!read?.verified) return undefined;
      const { credential, credentialBackedUp } = read.registrationInfo;
      return {
        credentialId: Buffer.from(credential.id, 'base64url'),
        publicKey: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: given.response.transports ?? [],
        synced: credentialBackedUp,
      };
    },

    async readProof(portal, challenge, given, stored) {
      const { rpID, origin } = party(portal);
      const read = await verifyAuthenticationResponse({
        response: { ...given, clientExtensionResults: {} } as AuthenticationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification: true,
        credential: {
          id: stored.credentialId.toString('base64url'),
          publicKey: Uint8Array.from(stored.publicKey),
          counter: stored.counter,
        },
      }).catch(() => undefined);
      if (!read?.verified) return undefined;
      const { newCounter, credentialBackedUp } = read.authenticationInfo;
      return { counter: newCounter, synced: credentialBackedUp };
    },
  };
}
