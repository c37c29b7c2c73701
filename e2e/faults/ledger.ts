import { createHash } from 'node:crypto';
import { type Account, type Caller, signIn } from '../attacks/means/caller.ts';
import type { Pair } from '../attacks/means/cast.ts';
import { type Answer, dataOf } from '../attacks/means/wire.ts';
import type { Target } from '../attacks/means/target.ts';

/** One of the two people of a talk. */
export type Side = 'doctor' | 'patient';

interface Message {
  readonly talkId: string;
  readonly reader: Account;
  readonly id: string;
  readonly text: string;
}

/** A file that its reader can open: the other person once it is sent, its uploader before. */
interface File {
  readonly reader: Account;
  readonly id: string;
  readonly sha256: string;
}

interface Invitation {
  readonly reader: Account;
  readonly id: string;
}

/** What was looked for, and what of it was not as it had been acknowledged. */
export interface Reading {
  readonly entries: number;
  readonly lost: readonly string[];
  /** Texts that stand in their talk more than once. */
  readonly twice: readonly string[];
}

const accountOf = ({ doctorAccount, patientAccount }: Pair, side: Side): Account =>
  side === 'doctor' ? doctorAccount : patientAccount;
const other = (side: Side): Side => (side === 'doctor' ? 'patient' : 'doctor');

/**
 * Everything that a product answered with success. At the end it is looked for through the API: messages and sent files
 * by the person whom they were for, in a session of its own.
 */
export class Ledger {
  readonly #target: Target;
  readonly #messages: Message[] = [];
  readonly #files: File[] = [];
  readonly #invitations: Invitation[] = [];
  readonly #readers = new Map<string, Caller>();
  #read = { messages: 0, files: 0, invitations: 0 };

  constructor(target: Target) {
    this.#target = target;
  }

  /** Everything that stands in it. */
  get entries(): readonly string[] {
    return [
      ...this.#messages.map(({ id }) => `message ${id}`),
      ...this.#files.map(({ id }) => `file ${id}`),
      ...this.#invitations.map(({ id }) => `invitation ${id}`),
    ];
  }

  /** A message that was acknowledged. @param text one that no other message of the talk has */
  message({ talkId, ...pair }: Pair, from: Side, id: string, text: string): void {
    this.#messages.push({ talkId, reader: accountOf({ talkId, ...pair }, other(from)), id, text });
  }

  /** A file that was acknowledged. @param to who can open it */
  file(pair: Pair, to: Side, id: string, content: Buffer): void {
    const sha256 = createHash('sha256').update(content).digest('hex');
    this.#files.push({ reader: accountOf(pair, to), id, sha256 });
  }

  /** An invitation that was acknowledged. */
  invitation({ doctorAccount }: Pick<Pair, 'doctorAccount'>, id: string): void {
    this.#invitations.push({ reader: doctorAccount, id });
  }

  /**
   * Looks for what was acknowledged.
   * @param which `new`: since the last time; `all`: from the beginning
   * @throws when the product cannot be asked
   */
  async read(which: 'new' | 'all'): Promise<Reading> {
    const from = which === 'all' ? { messages: 0, files: 0, invitations: 0 } : this.#read;
    const messages = this.#messages.slice(from.messages);
    const files = this.#files.slice(from.files);
    const invitations = this.#invitations.slice(from.invitations);
    const found = await this.#readTalks(messages);
    const lost = [
      ...found.lost,
      ...(await this.#missing(files, (file) => this.#hasFile(file), 'file')),
      ...(await this.#missing(invitations, (one) => this.#hasInvitation(one), 'invitation')),
    ];
    this.#read = {
      messages: this.#messages.length,
      files: this.#files.length,
      invitations: this.#invitations.length,
    };
    return {
      entries: messages.length + files.length + invitations.length,
      lost,
      twice: found.twice,
    };
  }

  async #readTalks(messages: readonly Message[]): Promise<Pick<Reading, 'lost' | 'twice'>> {
    const lost: string[] = [];
    const twice: string[] = [];
    const wanted = Map.groupBy(messages, ({ talkId, reader }) => `${talkId} ${reader.id}`);
    for (const ofTalk of wanted.values()) {
      const [first] = ofTalk;
      if (!first) continue;
      const stands = await this.#talk(first.reader, first.talkId);
      const textOf = new Map(stands.map(({ id, text }) => [id, text]));
      for (const { id, text } of ofTalk) if (textOf.get(id) !== text) lost.push(`message ${id}`);
      const mine = new Set(ofTalk.map(({ text }) => text));
      const seen = new Set<string>();
      for (const { id, text } of stands) {
        if (mine.has(text) && seen.has(text)) twice.push(`message ${id}`);
        seen.add(text);
      }
    }
    return { lost, twice };
  }

  /** All messages of a talk as one of its people reads them. */
  async #talk(reader: Account, talkId: string): Promise<{ id: string; text: string }[]> {
    const stands: { id: string; text: string }[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const from = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = dataOf(await this.#ask(reader, `/v1/talks/${talkId}/messages?limit=100${from}`)) as {
        data: { id: string; text: string }[];
        nextCursor: string | null;
      };
      stands.push(...page.data);
      cursor = page.nextCursor;
    }
    return stands;
  }

  async #missing<T extends { readonly id: string }>(
    entries: readonly T[],
    has: (entry: T) => Promise<boolean>,
    what: string,
  ): Promise<string[]> {
    const missing: string[] = [];
    for (const entry of entries) if (!(await has(entry))) missing.push(`${what} ${entry.id}`);
    return missing;
  }

  async #hasFile({ reader, id, sha256 }: File): Promise<boolean> {
    const { status, bytes } = await this.#ask(reader, `/v1/attachments/${id}/content`);
    return status === 200 && createHash('sha256').update(bytes).digest('hex') === sha256;
  }

  async #hasInvitation({ reader, id }: Invitation): Promise<boolean> {
    return (await this.#ask(reader, `/v1/invitations/${id}`)).status === 200;
  }

  async #ask(reader: Account, path: string): Promise<Answer> {
    const known = this.#readers.get(reader.id);
    const first = await known?.ask({ path });
    // Sessions end after a while, and by what faults do to clocks.
    if (first && first.status !== 401 && first.status !== 429) return first;
    const caller = await signIn(this.#target, reader);
    this.#readers.set(reader.id, caller);
    return caller.ask({ path });
  }
}
