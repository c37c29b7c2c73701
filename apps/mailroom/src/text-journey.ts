import { Courier } from './courier.ts';
import type { Text, TextStatus } from './messages.ts';
import { note } from './office.ts';
import type { Office } from './office.ts';
import type { TextSwitch } from './switches.ts';
import { signedForm } from './twilio-callback.ts';

/** Twilio's error codes for texts that were accepted and did not arrive. */
const UNREACHABLE = 30003;
const LANDLINE = 30006;
const FILTERED = 30007;
const UNKNOWN = 30008;
const TOO_LATE = 30036;

interface Ending {
  status: TextStatus;
  errorCode: number | null;
}

const ENDINGS: Record<TextSwitch['outcome'], Ending> = {
  deliver: { status: 'delivered', errorCode: null },
  undelivered: { status: 'undelivered', errorCode: UNREACHABLE },
  blocked: { status: 'undelivered', errorCode: FILTERED },
  fail: { status: 'failed', errorCode: UNKNOWN },
};

/** Carries one accepted text to its telephone and reports each status to its StatusCallback. */
export async function carryText(
  text: Text,
  how: TextSwitch,
  office: Office,
  authToken: string,
  era: AbortSignal,
): Promise<void> {
  const courier = new Courier({
    delayMs: how.callbackDelayMs,
    repeatsRefused: false,
    era,
    onProgress: () => office.texts.changed(text),
  });
  const become = ({ status, errorCode }: Ending) => {
    text.status = status;
    text.errorCode = errorCode;
    const { statusCallback: url } = text;
    const event = note(text, status, errorCode === null ? null : String(errorCode), url !== null);
    if (url !== null) {
      const fields = statusFields(text);
      courier.tell(event, () => signedForm(url, fields, authToken));
    }
    office.texts.changed(text);
  };

  become({ status: 'queued', errorCode: null });
  await office.passage(text, how.deliveryDelayMs, era);
  const waitedMs = Date.now() - Date.parse(text.receivedAt);
  if (waitedMs > text.validitySeconds * 1000) {
    become({ status: 'failed', errorCode: TOO_LATE });
  } else if (how.landline === 'undelivered') {
    become({ status: 'sent', errorCode: null });
    become({ status: 'undelivered', errorCode: LANDLINE });
  } else {
    // A text that fails never left Twilio; every other one was sent first.
    if (how.outcome !== 'fail') become({ status: 'sent', errorCode: null });
    become(ENDINGS[how.outcome]);
  }
  office.texts.arrive(text);
}

function statusFields(text: Text): Record<string, string> {
  return {
    AccountSid: text.accountSid,
    ApiVersion: '2010-04-01',
    From: text.from,
    MessageSid: text.id,
    MessageStatus: text.status,
    SmsSid: text.id,
    SmsStatus: text.status,
    To: text.to,
    ...(text.messagingServiceSid === null ? {} : { MessagingServiceSid: text.messagingServiceSid }),
    ...(text.errorCode === null ? {} : { ErrorCode: String(text.errorCode) }),
  };
}
