import { Courier } from './courier.ts';
import type { Call, CallStatus } from './messages.ts';
import { note } from './office.ts';
import type { Office } from './office.ts';
import type { CallSwitch } from './switches.ts';
import { signedForm } from './twilio-callback.ts';

/** Twilio's four progress events; a call nobody answered also ends in `completed`. */
type ProgressEvent = 'initiated' | 'ringing' | 'answered' | 'completed';

const ENDINGS: Record<CallSwitch['outcome'], CallStatus> = {
  answer: 'completed',
  noAnswer: 'no-answer',
  busy: 'busy',
  fail: 'failed',
};
const WORDS_PER_SECOND = 2.5;

/** Rings one telephone, reads the words when it is answered, and reports to the StatusCallback. */
export async function placeCall(
  call: Call,
  how: CallSwitch,
  office: Office,
  authToken: string,
  era: AbortSignal,
): Promise<void> {
  const courier = new Courier({
    delayMs: how.callbackDelayMs,
    repeatsRefused: false,
    era,
    onProgress: () => office.calls.changed(call),
  });
  let sequence = 0;
  const become = (status: CallStatus, progress: ProgressEvent) => {
    call.status = status;
    const { statusCallback: url } = call;
    const isTold = url !== null && call.statusCallbackEvents.includes(progress);
    const event = note(call, status, null, isTold);
    if (isTold) {
      const fields = statusFields(call, progress, sequence, event.at);
      courier.tell(event, () => signedForm(url, fields, authToken));
    }
    sequence += 1;
    office.calls.changed(call);
  };

  become('initiated', 'initiated');
  if (how.outcome === 'busy' || how.outcome === 'fail') {
    await office.passage(call, how.deliveryDelayMs, era);
    become(ENDINGS[how.outcome], 'completed');
  } else {
    become('ringing', 'ringing');
    await office.passage(call, how.deliveryDelayMs, era);
    if (how.outcome === 'answer') {
      call.readings = 1;
      become('in-progress', 'answered');
    }
    become(ENDINGS[how.outcome], 'completed');
  }
  office.calls.arrive(call);
}

function statusFields(
  call: Call,
  progress: ProgressEvent,
  sequence: number,
  at: string,
): Record<string, string> {
  return {
    AccountSid: call.accountSid,
    ApiVersion: '2010-04-01',
    CallSid: call.id,
    CallStatus: call.status,
    CallbackSource: 'call-progress-events',
    Called: call.to,
    Caller: call.from,
    Direction: 'outbound-api',
    From: call.from,
    SequenceNumber: String(sequence),
    Timestamp: new Date(at).toUTCString().replace('GMT', '+0000'),
    To: call.to,
    ...(progress === 'completed' ? durations(call) : {}),
  };
}

/** The call's length in seconds and, as it is billed, in begun minutes; 0 when nobody answered. */
function durations(call: Call): { CallDuration: string; Duration: string } {
  const pauses = call.lines.reduce((sum, line) => sum + (line.kind === 'pause' ? line.seconds : 0), 0);
  const words = Math.ceil(call.words.split(/\s+/).length / WORDS_PER_SECOND);
  const seconds = call.readings === 0 ? 0 : words + pauses;
  return { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) };
}
