import * as z from 'zod';
import { limits } from './limits.ts';
import { instant, line } from './scalars.ts';
import { id } from './scalars.ts';

/** Bytes as WebAuthn's JSON writes them: base64url without padding. */
const bytes = (max: number) =>
  z
    .string()
    .regex(/^[\w-]*$/)
    .max(max);

const descriptor = z.object({
  type: z.literal('public-key'),
  id: z.string(),
  transports: z.array(z.string()),
});

/** Handed to the browser as it is: `PublicKeyCredentialCreationOptionsJSON` of WebAuthn Level 3, §5.1.9. */
export const passkeyCreationSchema = z
  .object({
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    challenge: z.string(),
    pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
    timeout: z.int().describe('Milliseconds.'),
    excludeCredentials: z.array(descriptor),
    authenticatorSelection: z.object({
      residentKey: z.literal('preferred'),
      userVerification: z.literal('required'),
    }),
    attestation: z.literal('none'),
  })
  .meta({ id: 'PasskeyCreation' });

/** Handed to the browser as it is: `PublicKeyCredentialRequestOptionsJSON` of WebAuthn Level 3, §5.1.10. */
export const passkeyRequestSchema = z
  .object({
    rpId: z.string(),
    challenge: z.string(),
    timeout: z.int().describe('Milliseconds.'),
    allowCredentials: z.array(descriptor),
    userVerification: z.literal('required'),
  })
  .meta({ id: 'PasskeyRequest' });

const credential = {
  id: bytes(1400),
  rawId: bytes(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(32).nullish(),
  clientExtensionResults: z.unknown().optional(),
};

/** What the browser made: `RegistrationResponseJSON` of WebAuthn Level 3, §5.1. */
export const newPasskeyCredential = z
  .strictObject({
    ...credential,
    response: z.object({
      clientDataJSON: bytes(4096),
      attestationObject: bytes(16_384),
      transports: z.array(z.string().max(32)).max(10).optional(),
    }),
  })
  .meta({ id: 'NewPasskeyCredential' });

/** What the browser signed: `AuthenticationResponseJSON` of WebAuthn Level 3, §5.1. */
export const passkeyProof = z
  .strictObject({
    ...credential,
    response: z.object({
      clientDataJSON: bytes(4096),
      authenticatorData: bytes(4096),
      signature: bytes(4096),
      userHandle: bytes(128).nullish(),
    }),
  })
  .meta({ id: 'PasskeyProof' });

export const passkeyName = line(limits.passkeyNameLength, 'Enter a name for the passkey');

export const passkeySchema = z
  .object({
    id,
    name: z.string().describe('Chosen by its owner, such as “Work laptop”.'),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    synced: z
      .boolean()
      .describe('True when the passkey is kept by a provider and follows its owner to other devices.'),
  })
  .meta({ id: 'Passkey' });

/** A passkey to keep, with the name that its owner gives it. */
export const addPasskeyBody = z
  .strictObject({ name: passkeyName, credential: newPasskeyCredential })
  .meta({ id: 'AddPasskey' });

export const passkeyProofBody = z.strictObject({ credential: passkeyProof }).meta({ id: 'SubmitPasskey' });

export type Passkey = z.infer<typeof passkeySchema>;
export type PasskeyCreation = z.infer<typeof passkeyCreationSchema>;
export type PasskeyRequest = z.infer<typeof passkeyRequestSchema>;
export type NewPasskeyCredential = z.infer<typeof newPasskeyCredential>;
export type PasskeyProof = z.infer<typeof passkeyProof>;
