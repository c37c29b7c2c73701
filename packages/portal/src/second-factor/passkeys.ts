import type { NewPasskeyCredential, PasskeyCreation, PasskeyProof, PasskeyRequest } from '@casetalk/contract';

/** Why a browser gave no passkey: the person let it be, the device has one already, or it cannot. */
export type PasskeyRefusal = 'cancelled' | 'exists' | 'failed';

export type PasskeyOutcome<T> =
  | { readonly ok: true; readonly credential: T }
  | { readonly ok: false; readonly refusal: PasskeyRefusal };

/** Whether this browser knows passkeys at all. */
export const passkeysPossible = (): boolean => 'PublicKeyCredential' in globalThis;

/** Loaded only when a passkey is made or used. */
const library = () => import('@simplewebauthn/browser');

/** Has the device make a passkey; the browser asks the person. */
export async function makePasskey(options: PasskeyCreation): Promise<PasskeyOutcome<NewPasskeyCredential>> {
  return attempt(async () => {
    const { startRegistration } = await library();
    return startRegistration({ optionsJSON: options });
  });
}

/** Has the device sign with a passkey; the browser asks the person. */
export async function signWithPasskey(options: PasskeyRequest): Promise<PasskeyOutcome<PasskeyProof>> {
  return attempt(async () => {
    const { startAuthentication } = await library();
    return startAuthentication({ optionsJSON: options });
  });
}

async function attempt<T>(act: () => Promise<T>): Promise<PasskeyOutcome<T>> {
  try {
    return { ok: true, credential: await act() };
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) };
  }
}

/** What a browser's error means. Turning down and running out of time read the same, on purpose of the standard. */
function refusalOf(error: unknown): PasskeyRefusal {
  const name = error instanceof Error ? error.name : '';
  if (name === 'InvalidStateError') return 'exists';
  return name === 'NotAllowedError' || name === 'AbortError' ? 'cancelled' : 'failed';
}
