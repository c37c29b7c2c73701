/**
 * What the mailroom keeps: one record for every email, text and call a program handed in.
 * All times are ISO 8601 in UTC.
 */

/** How far the callback about an event has come; `none` means nobody asked to be told. */
export type CallbackState = 'none' | 'waiting' | 'sent' | 'failed';

/** One thing that happened to a message, and whether its sender has been told. */
export interface MessageEvent {
  name: string;
  at: string;
  /** The reason or the error code, when there is one. */
  detail: string | null;
  callback: CallbackState;
  /** How often the callback was tried. */
  attempts: number;
}

/** What emails, texts and calls share. */
export interface Message {
  id: string;
  /** The address or number it was sent to: lower case, or E.164. */
  to: string;
  from: string;
  /** When the provider took it. */
  receivedAt: string;
  /** When it reached the person, or finally did not; null while it is delayed or held back. */
  arrivedAt: string | null;
  /** True while it waits for somebody to release it. */
  held: boolean;
  status: string;
  events: MessageEvent[];
}

export type EmailStatus = 'processed' | 'deferred' | 'delivered' | 'bounced' | 'blocked' | 'dropped';

/** One email to one person: SendGrid sends every recipient of a request their own. */
export interface Email extends Message {
  status: EmailStatus;
  /** What SendGrid answers in `X-Message-Id`; shared by all recipients of one request. */
  messageId: string;
  /** What SendGrid writes in the events' `sg_message_id`; starts with `messageId`. */
  sgMessageId: string;
  toName: string | null;
  fromName: string | null;
  replyTo: string | null;
  subject: string;
  html: string | null;
  text: string | null;
  headers: Record<string, string>;
  customArgs: Record<string, string>;
  categories: string[];
  /** The request's `tracking_settings`, as sent. */
  trackingSettings: unknown;
  attachments: { filename: string; type: string | null; bytes: number }[];
}

export type TextStatus = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed';

export interface Text extends Message {
  status: TextStatus;
  body: string;
  errorCode: number | null;
  accountSid: string;
  messagingServiceSid: string | null;
  statusCallback: string | null;
  /** Seconds after which a text that is still waiting is thrown away. */
  validitySeconds: number;
}

export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'no-answer'
  | 'busy'
  | 'failed';

/** One thing the person on the telephone hears: words in a language, or a silence. */
export type SpokenLine =
  | { kind: 'words'; text: string; language: string }
  | { kind: 'pause'; seconds: number };

export interface Call extends Message {
  status: CallStatus;
  twiml: string;
  /** Every word of the call in the order it is heard, in one string. */
  words: string;
  lines: SpokenLine[];
  /** What the call asks to be pressed; null when it asks nothing. */
  gather: { numDigits: number | null; action: string | null } | null;
  /** What was pressed, in order. */
  pressed: string[];
  /** How often the words were read from the start: grows when a digit repeats them. */
  readings: number;
  accountSid: string;
  statusCallback: string | null;
  /** The progress events the caller asked to be told of. */
  statusCallbackEvents: string[];
  /** Where the caller asked to be told, while the call goes on, whether a person or a machine picked up. */
  answeredByCallback: string | null;
}

export type Kind = 'email' | 'text' | 'call';

/** The record that belongs to each kind. */
export interface MessageOf {
  email: Email;
  text: Text;
  call: Call;
}
