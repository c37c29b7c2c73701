import type { AuthenticatorCode } from './authenticators.ts';
import type { Call, Email, Kind, MessageOf, Text } from './messages.ts';
import type { PersonSwitches, Switches, SwitchesInput } from './switches.ts';

export type { AuthenticatorCode } from './authenticators.ts';
export type { Call, Email, Message, MessageEvent, SpokenLine, Text } from './messages.ts';
export type { PersonSwitches, Switches, SwitchesInput } from './switches.ts';

/** Which message a test waits for. */
export interface Wanted {
  /** Only messages to this address or number. */
  to?: string;
  /** Only messages that arrive after this one (its id). */
  after?: string;
  /** How long to wait, in milliseconds: 10,000 unless said otherwise, 60,000 at most. */
  timeoutMs?: number;
}

/** The mailroom answered an error. */
export class MailroomError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(`Mailroom ${status}: ${message}`);
    this.status = status;
  }
}

/** Reads and steers a mailroom from a test. */
export class MailroomClient {
  readonly #url: string;

  /** @param url Where the mailroom listens, such as `http://127.0.0.1:8025`. */
  constructor(url: string) {
    this.#url = url.replace(/\/+$/, '');
  }

  /** Waits for the next email that arrived. @throws {MailroomError} 204 when none came in time. */
  nextEmail(wanted: Wanted = {}): Promise<Email> {
    return this.#next<'email'>('emails', wanted);
  }

  /** Waits for the next text that arrived; a held text arrives when it is released. */
  nextText(wanted: Wanted = {}): Promise<Text> {
    return this.#next<'text'>('texts', wanted);
  }

  /** Waits for the next call that was answered or given up. */
  nextCall(wanted: Wanted = {}): Promise<Call> {
    return this.#next<'call'>('calls', wanted);
  }

  /** Emails newest first, also those still under way. */
  emails(wanted: Omit<Wanted, 'timeoutMs'> = {}): Promise<Email[]> {
    return this.#get(`/api/emails?${query(wanted)}`);
  }

  /** Texts newest first, also held ones. */
  texts(wanted: Omit<Wanted, 'timeoutMs'> = {}): Promise<Text[]> {
    return this.#get(`/api/texts?${query(wanted)}`);
  }

  /** Calls newest first, also those that still ring. */
  calls(wanted: Omit<Wanted, 'timeoutMs'> = {}): Promise<Call[]> {
    return this.#get(`/api/calls?${query(wanted)}`);
  }

  /** The switches as they are set. */
  switches(): Promise<Switches> {
    return this.#get('/api/switches');
  }

  /** Replaces all switches; `{}` puts everything back to normal. */
  setSwitches(switches: SwitchesInput): Promise<Switches> {
    return this.#send('PUT', '/api/switches', switches);
  }

  /** Replaces one person's switches; `{}` takes them away. Tests that run side by side use this. */
  setSwitchesFor(to: string, person: PersonSwitches): Promise<Switches> {
    return this.#send('PUT', `/api/switches/${encodeURIComponent(to)}`, person);
  }

  /** Lets a held message go on; a held call is answered. @throws {MailroomError} 404 when not held. */
  async release({ id }: { id: string }): Promise<void> {
    const box = id.startsWith('SM') ? 'texts' : id.startsWith('CA') ? 'calls' : 'emails';
    await this.#send('POST', `/api/${box}/${encodeURIComponent(id)}/release`);
  }

  /** Presses digits in an answered call that asks for them. */
  press({ id }: { id: string }, digits: string): Promise<Call> {
    return this.#send('POST', `/api/calls/${encodeURIComponent(id)}/digits`, { digits });
  }

  /** Sets where SendGrid's events are posted; null posts none. */
  async setEventWebhookUrl(eventWebhookUrl: string | null): Promise<void> {
    await this.#send('PUT', '/api/settings', { eventWebhookUrl });
  }

  /** The base64 DER public key that SendGrid's events are checked with. */
  async sendGridPublicKey(): Promise<string> {
    const { publicKey } = await this.#get<{ publicKey: string }>('/api/sendgrid-public-key');
    return publicKey;
  }

  /** Gives the authenticator a setup key or an `otpauth://` address. @throws {MailroomError} 400 when it is none. */
  addAuthenticator(key: string, name?: string): Promise<AuthenticatorCode> {
    return this.#send('POST', '/api/authenticators', { key, ...(name === undefined ? {} : { name }) });
  }

  /** The authenticator's accounts of one name, or all of them, with the codes of this moment. */
  authenticators(name?: string): Promise<AuthenticatorCode[]> {
    const asked = new URLSearchParams(name === undefined ? {} : { name }).toString();
    return this.#get(`/api/authenticators?${asked}`);
  }

  /** Forgets all emails, texts and calls; the switches stay. */
  async clear(): Promise<void> {
    await this.#send('DELETE', '/api/everything');
  }

  async #next<K extends Kind>(box: string, wanted: Wanted): Promise<MessageOf[K]> {
    const message = await this.#get<MessageOf[K] | undefined>(`/api/${box}/next?${query(wanted)}`);
    if (message !== undefined) return message;
    throw new MailroomError(204, `nothing came in ${box} to ${wanted.to ?? 'anybody'}.`);
  }

  #get<T>(path: string): Promise<T> {
    return this.#send('GET', path);
  }

  async #send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const init =
      body === undefined
        ? { method }
        : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(this.#url + path, init);
    const text = await response.text();
    if (!response.ok) throw new MailroomError(response.status, text);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

function query({ to, after, timeoutMs }: Wanted): string {
  return new URLSearchParams({
    ...(to === undefined ? {} : { to }),
    ...(after === undefined ? {} : { after }),
    ...(timeoutMs === undefined ? {} : { timeoutMs: String(timeoutMs) }),
  }).toString();
}
