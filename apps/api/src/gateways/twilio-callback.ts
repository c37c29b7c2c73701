import twilio from 'twilio';
import { callEnding, twilioReason } from './twilio-reasons.ts';

export const twilioSignatureHeader = 'x-twilio-signature';

/** How far a text or call has come, by the provider's word. */
export interface PhoneReport {
  readonly state: 'sent' | 'delivered' | 'failed';
  /** In plain words, when it failed. */
  readonly reason: string | null;
}

/**
 * Checks the signature of a status callback.
 * @param publicUrl the address of the API as the provider was given it; the request's own host is never believed
 */
export function createTwilioSignatureCheck(settings: { authToken: string; publicUrl: string }) {
  return (path: string, form: Record<string, string>, signature: string): boolean => {
    try {
      return twilio.validateRequest(
        settings.authToken,
        signature,
        new URL(path, settings.publicUrl).href,
        form,
      );
    } catch {
      // What is no form at all, such as lists within lists, makes the library throw.
      return false;
    }
  };
}

const states: Readonly<Record<string, PhoneReport['state']>> = {
  sent: 'sent',
  ringing: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  // Somebody or something picked up: whether a person heard it is known when the call is over.
  'in-progress': 'sent',
  completed: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  busy: 'failed',
  'no-answer': 'failed',
  canceled: 'failed',
};

/** The call to end at once: a machine picked up, and would record the code for whoever listens to it later. */
export function answeredByMachine(form: Record<string, string>): string | undefined {
  const { AnsweredBy: answeredBy = '', CallSid: callId } = form;
  return /^(?:machine|fax)/.test(answeredBy) ? callId : undefined;
}

/** Reads a status callback of a text or call; undefined for steps that tell nothing new. */
export function readTwilioReport(form: Record<string, string>): PhoneReport | undefined {
  if (answeredByMachine(form) !== undefined) return { state: 'failed', reason: callEnding('machine') };
  const { MessageStatus: messageStatus, CallStatus: callStatus, ErrorCode: errorCode } = form;
  const state = states[messageStatus ?? callStatus ?? ''];
  if (!state) return undefined;
  if (state !== 'failed') return { state, reason: null };
  const reason = messageStatus ? twilioReason(Number(errorCode)) : callEnding(callStatus ?? '');
  return { state, reason };
}
