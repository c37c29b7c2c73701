/** A refusal in Twilio's words: HTTP status, Twilio's error code and a message. */
export interface TwilioRefusal {
  status: number;
  code: number;
  message: string;
}

/** What a program sent to the Messages resource. */
export interface TextRequest {
  to: string;
  from: string;
  messagingServiceSid: string | null;
  body: string;
  statusCallback: string | null;
  validitySeconds: number;
}

/** What a program sent to the Calls resource. */
export interface CallRequest {
  to: string;
  from: string;
  twiml: string;
  statusCallback: string | null;
  statusCallbackEvents: string[];
  answeredByCallback: string | null;
}

const E164 = /^\+[1-9]\d{6,14}$/;
const CALL_EVENTS = new Set(['initiated', 'ringing', 'answered', 'completed']);
const MAX_TEXT_LENGTH = 1600;
const MAX_TWIML_LENGTH = 4000;
/** Twilio's own default: ten hours. */
const DEFAULT_VALIDITY_SECONDS = 36_000;

/** Thrown by the readers below; the route turns it into Twilio's answer. */
export class TwilioError extends Error {
  readonly refusal: TwilioRefusal;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.refusal = { status, code, message };
  }
}

/** Reads the form of a text message. @throws {TwilioError} With the code Twilio gives. */
export function readTextRequest(form: URLSearchParams): TextRequest {
  const to = required(form, 'To', 21604);
  if (!E164.test(to))
    throw new TwilioError(400, 21211, `The 'To' number ${clip(to)} is not a valid phone number.`);
  const messagingServiceSid = form.get('MessagingServiceSid');
  const from = messagingServiceSid === null ? required(form, 'From', 21603) : (form.get('From') ?? '');
  const body = required(form, 'Body', 21602);
  if (body.length > MAX_TEXT_LENGTH) {
    throw new TwilioError(400, 21617, 'The message body is longer than 1600 characters.');
  }
  const validity = Number(form.get('ValidityPeriod') ?? DEFAULT_VALIDITY_SECONDS);
  if (!Number.isInteger(validity) || validity < 1 || validity > DEFAULT_VALIDITY_SECONDS) {
    throw new TwilioError(400, 20001, 'ValidityPeriod must be between 1 and 36000 seconds.');
  }
  return {
    to,
    from: from.slice(0, 100),
    messagingServiceSid: messagingServiceSid?.slice(0, 100) ?? null,
    body,
    statusCallback: callbackUrl(form, 21609),
    validitySeconds: validity,
  };
}

/** Reads the form of a call. @throws {TwilioError} With the code Twilio gives. */
export function readCallRequest(form: URLSearchParams): CallRequest {
  const to = required(form, 'To', 21201);
  if (!E164.test(to))
    throw new TwilioError(400, 21211, `The 'To' number ${clip(to)} is not a valid phone number.`);
  const from = required(form, 'From', 21213);
  if (!E164.test(from)) throw new TwilioError(400, 21212, `The 'From' number ${clip(from)} is not valid.`);
  const twiml = form.get('Twiml') ?? '';
  if (twiml === '') {
    throw new TwilioError(400, 21205, 'The mailroom fetches no TwiML: send it inline in Twiml.');
  }
  if (twiml.length > MAX_TWIML_LENGTH) {
    throw new TwilioError(400, 20001, 'Twiml must not be longer than 4000 characters.');
  }
  const events = form.getAll('StatusCallbackEvent').filter((name) => CALL_EVENTS.has(name));
  return {
    to,
    from,
    twiml,
    statusCallback: callbackUrl(form, 21609),
    statusCallbackEvents: events.length > 0 ? [...new Set(events)] : ['completed'],
    answeredByCallback: detectsMachines(form) ? callbackUrl(form, 21609, 'AsyncAmdStatusCallback') : null,
  };
}

function required(form: URLSearchParams, name: string, code: number): string {
  const value = form.get(name)?.trim() ?? '';
  if (value === '') throw new TwilioError(400, code, `A '${name}' is required.`);
  return value;
}

/** Twilio tells who picked up by a callback of its own only when both are asked for. */
const detectsMachines = (form: URLSearchParams): boolean =>
  ['Enable', 'DetectMessageEnd'].includes(form.get('MachineDetection') ?? '') &&
  form.get('AsyncAmd') === 'true';

function callbackUrl(form: URLSearchParams, code: number, field = 'StatusCallback'): string | null {
  const text = form.get(field);
  if (text === null || text === '') return null;
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || text.length > 4000) {
    throw new TwilioError(400, code, `The ${field} ${clip(text)} is not a valid URL.`);
  }
  return text;
}

function clip(text: string): string {
  return text.slice(0, 100);
}
