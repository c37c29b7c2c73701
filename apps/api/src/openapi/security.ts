import type { Access, Endpoint } from '@casetalk/contract';
import { passwordResetCookie, registrationCookie, sessionCookie, signInCookie } from '../plugins/cookies.ts';

const cookie = (name: string, description: string) => ({ type: 'apiKey', in: 'cookie', name, description });
const header = (name: string, description: string) => ({ type: 'apiKey', in: 'header', name, description });

export const securitySchemes = {
  clinicianSession: cookie(sessionCookie('clinician'), 'Set by signing in at the clinician portal.'),
  patientSession: cookie(sessionCookie('patient'), 'Set by signing in at the patient portal.'),
  registrationFlow: cookie(
    registrationCookie,
    'Set by opening an invitation’s link; good for its steps alone.',
  ),
  clinicianPasswordReset: cookie(
    passwordResetCookie('clinician'),
    'Set by opening a clinician’s link for a forgotten password.',
  ),
  patientPasswordReset: cookie(
    passwordResetCookie('patient'),
    'Set by opening a patient’s link for a forgotten password.',
  ),
  clinicianSignIn: cookie(
    signInCookie('clinician'),
    'Set by a clinician’s right password; good for the steps of the second factor alone.',
  ),
  patientSignIn: cookie(
    signInCookie('patient'),
    'Set by a patient’s right password; good for the steps of the second factor alone.',
  ),
  sendGridSignature: header(
    'X-Twilio-Email-Event-Webhook-Signature',
    'SendGrid’s ECDSA signature over the time stamp and the raw body.',
  ),
  twilioSignature: header('X-Twilio-Signature', 'Twilio’s HMAC over the address and the form.'),
};

type Scheme = keyof typeof securitySchemes;

const schemesOf: Record<Exclude<Access, 'anyone' | 'provider'>, readonly Scheme[]> = {
  clinician: ['clinicianSession'],
  patient: ['patientSession'],
  registration: ['registrationFlow'],
  passwordReset: ['clinicianPasswordReset', 'patientPasswordReset'],
  signIn: ['clinicianSignIn', 'patientSignIn'],
};

/** Any one of these opens the operation; none at all for what anyone may call. */
export function securityOf({ access, path }: Endpoint): Record<string, string[]>[] {
  return access.flatMap((who) => {
    if (who === 'anyone') return [];
    if (who === 'provider')
      return [{ [path.includes('sendgrid') ? 'sendGridSignature' : 'twilioSignature']: [] }];
    return schemesOf[who].map((scheme) => ({ [scheme]: [] }));
  });
}
