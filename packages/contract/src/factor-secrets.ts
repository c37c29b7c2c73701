import * as z from 'zod';
import { instant } from './scalars.ts';

/** What an authenticator app is set up with (RFC 6238: SHA-1, 6 digits, 30 seconds). Shown once, never again. */
export const authenticatorSetupSchema = z
  .object({
    setupKey: z.string().describe('The secret in base32, 32 characters, for typing in.'),
    uri: z.string().describe('The same as an `otpauth://totp/` address, for a QR code.'),
    expiresAt: instant.describe('Until when the first code must have been given.'),
  })
  .meta({ id: 'AuthenticatorSetup' });

/** Ten codes, each good for one sign-in without the other factors. Shown once, kept as keyed hashes. */
export const recoveryCodes = z
  .array(z.string())
  .describe('Ten codes such as `k7wq-3m9x-t2hd`, each good once. They are shown now and never again.');

export const recoveryCodesSchema = z.object({ recoveryCodes }).meta({ id: 'RecoveryCodes' });

/** As written down: in any case, with spaces or dashes or without; `o` is read as 0, `i` and `l` as 1. */
export const recoveryCode = z
  .string()
  .max(64)
  .transform((value) =>
    value.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1'),
  )
  .pipe(
    z.string().regex(/^[0-9a-hjkmnp-tv-z]{12}$/, 'Enter the whole recovery code, 12 letters and numbers'),
  );

export const recoveryCodeBody = z.strictObject({ code: recoveryCode }).meta({ id: 'SubmitRecoveryCode' });

export type AuthenticatorSetup = z.infer<typeof authenticatorSetupSchema>;
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;
