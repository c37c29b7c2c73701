import { setTimeout as sleep } from 'node:timers/promises';
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
  machine: 'completed',
  noAnswer: 'no-answer',
  busy: 'busy',
  fail: 'failed',
};
const WORDS_PER_SECOND = 2.5;
/** As long as a greeting takes: whoever hangs up within it has said nothing else. */
const GREETING_MS = 5000;

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
    if (how.outcome === 'answer' || how.outcome === 'machine') {
      call.readings = 1;
      become('in-progress', 'answered');
      const { answeredByCallback: url } = call;
      if (url !== null) {
        const answeredBy = how.outcome === 'machine' ? 'machine_start' : 'human';
        const event = note(call, answeredBy, null, true);
        courier.tell(event, () =>
          signedForm(url, { ...callFields(call), AnsweredBy: answeredBy }, authToken),
        );
      }
    }
    if (how.outcome === 'machine') await record(call, era);
    become(ENDINGS[how.outcome], 'completed');
  }
  office.calls.arrive(call);
}

/** A machine keeps what is said until somebody hangs up, and that is the greeting when they do so in time. */
async function record(call: Call, era: AbortSignal): Promise<void> {
  const giveUpAt = Date.now() + GREETING_MS;
  while (call.status === 'in-progress' && Date.now() < giveUpAt) await sleep(20, undefined, { signal: era });
  if (call.status === 'in-progress') return;
  const end = call.lines.findIndex(({ kind }) => kind === 'pause');
  call.lines = call.lines.slice(0, end === -1 ? undefined : end);
  call.words = call.lines.flatMap((line) => (line.kind === 'words' ? [line.text] : [])).join(' ');
}

const callFields = (call: Call): Record<string, string> => ({
  AccountSid: call.accountSid,
  CallSid: call.id,
});

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
