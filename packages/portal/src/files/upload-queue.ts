import { type Failure, newIdempotencyKey } from '@casetalk/client';
import { type Attachment, limits, type ResumableUpload } from '@casetalk/contract';
import type { ConversationFiles } from '../talk/conversation.ts';
import { type FileRefusal, refusalOfFile } from './file-rules.ts';
import { unfinishedOf } from './same-file.ts';
import { UploadHold } from './upload-hold.ts';

export interface UploadItem {
  /** Names the item on this device. */
  readonly id: string;
  /** Sent again after a lost answer, it is the same upload. */
  readonly key: string;
  /** The service's, of an upload that can be gone on with; null before it has begun and for small files. */
  readonly uploadId: string | null;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly mediaType: string;
  readonly state: 'waiting' | 'uploading' | 'done' | 'failed';
  /** The share that has left, 0 to 1. */
  readonly progress: number;
  /** The connection is lost; the upload goes on by itself. */
  readonly paused: boolean;
  readonly attachment: Attachment | null;
  /** `virus`: it was uploaded, and found harmful before it was sent. */
  readonly refusal: FileRefusal | 'virus' | null;
  readonly problem: Failure | null;
  /** Null for a file that was uploaded before the page was loaded. */
  readonly file: File | null;
}

/** What happened to an item, for whoever announces it. */
export type UploadTurn = 'started' | 'paused' | 'resumed' | 'done' | 'failed' | 'removed';

/** Two at a time: more only makes each of them slower. */
const atOnce = 2;
/** The upload was finished, given up or forgotten meanwhile. */
const isOver = new Set<Failure['code']>(['not-found', 'state-conflict']);

/** The files of a message while it is written. Lives on while other screens are shown. */
export class UploadQueue {
  readonly #files: ConversationFiles;
  readonly #listeners = new Set<() => void>();
  readonly #aborts = new Map<string, AbortController>();
  /** Uploads that were cancelled here; the service may not know yet. */
  readonly #givenUp = new Set<string>();
  #items: readonly UploadItem[] = [];
  /** Hears each turn; set by the composer while it is shown. */
  onTurn: ((turn: UploadTurn, item: UploadItem) => void) | null = null;

  constructor(files: ConversationFiles) {
    this.#files = files;
  }

  readonly items = (): readonly UploadItem[] => this.#items;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether an upload of the service's is one of these files, or was until it was cancelled. */
  readonly isTaken = (uploadId: string): boolean =>
    this.#givenUp.has(uploadId) || this.#items.some((item) => item.uploadId === uploadId);

  /**
   * Takes as many of the files as one message may carry. Answers `many` or `total` when some are left out.
   * @param begun the unfinished upload that the one file goes on with
   */
  add(files: readonly File[], begun?: ResumableUpload): 'many' | 'total' | null {
    const room = Math.max(0, limits.filesPerMessage - this.#items.length);
    let total = this.#items.reduce((sum, item) => sum + item.size, 0);
    const taken = files.slice(0, room).filter((file) => {
      total += file.size;
      return total <= limits.messageFilesSize;
    });
    const added = taken.map((file): UploadItem => {
      const refusal = refusalOfFile(file);
      return {
        id: begun?.id ?? crypto.randomUUID(),
        key: newIdempotencyKey(),
        uploadId: begun?.id ?? null,
        name: begun?.name ?? file.name,
        size: file.size,
        mediaType: file.type,
        state: refusal ? 'failed' : 'waiting',
        progress: begun ? begun.offset / begun.size : 0,
        paused: false,
        attachment: null,
        refusal,
        problem: null,
        file,
      };
    });
    this.#set([...this.#items, ...added]);
    for (const item of added) if (item.state === 'failed') this.onTurn?.('failed', item);
    this.#next();
    if (files.length > room) return 'many';
    return taken.length < Math.min(files.length, room) ? 'total' : null;
  }

  /** Shows files that were uploaded before and never sent, and what is known of those that are shown. */
  restore(attachments: readonly Attachment[]): void {
    const known = new Set(this.#items.map((item) => item.attachment?.id));
    // It may have arrived, with our answer still on its way.
    const isArriving = ({ name, size }: Attachment) =>
      this.#items.some((item) => item.state === 'uploading' && item.name === name && item.size === size);
    const restored = attachments
      .filter((attachment) => !known.has(attachment.id) && !isArriving(attachment))
      .map(
        (attachment): UploadItem => ({
          id: attachment.id,
          key: attachment.id,
          uploadId: null,
          name: attachment.name,
          size: attachment.size,
          mediaType: attachment.mediaType,
          state: 'done',
          progress: 1,
          paused: false,
          attachment,
          refusal: null,
          problem: null,
          file: null,
        }),
      );
    if (restored.length > 0) this.#set([...restored, ...this.#items]);
    this.#heed(attachments);
  }

  /** Takes in what the scanner has said of uploaded files since. */
  #heed(attachments: readonly Attachment[]): void {
    const news = new Map(attachments.map((attachment) => [attachment.id, attachment]));
    for (const item of this.#items) {
      const now = item.attachment ? news.get(item.attachment.id) : undefined;
      if (!now) continue;
      const harmful = now.scan === 'infected';
      if (harmful ? item.refusal === 'virus' : now.scan === item.attachment?.scan) continue;
      const change: Partial<UploadItem> = {
        attachment: now,
        ...(harmful ? { state: 'failed', refusal: 'virus' } : {}),
      };
      this.#change(item.id, change);
      if (harmful) this.onTurn?.('failed', { ...item, ...change });
    }
  }

  /**
   * Lets go of files that are not there any more: sent or removed on another device.
   * @param before the uploaded files that were shown when the service was asked
   * @param there those that it still holds
   */
  letGo(before: ReadonlySet<string>, there: ReadonlySet<string>): void {
    const gone = ({ attachment }: UploadItem) =>
      attachment !== null && before.has(attachment.id) && !there.has(attachment.id);
    if (this.#items.some(gone)) this.#set(this.#items.filter((item) => !gone(item)));
  }

  retry(id: string): void {
    const item = this.#items.find((one) => one.id === id);
    if (!item?.file || item.refusal || item.state !== 'failed') return;
    this.#change(id, { state: 'waiting', progress: 0, problem: null });
    this.#next();
  }

  /** Cancels or removes a file, on the server too. Answers false when the server still has it. */
  async remove(id: string): Promise<boolean> {
    const item = this.#items.find((one) => one.id === id);
    if (!item) return true;
    const abort = this.#aborts.get(id);
    abort?.abort();
    if (item.attachment) {
      const result = await this.#files.remove(item.attachment.id);
      if (!result.ok && result.problem.code !== 'not-found') return false;
    } else if (item.uploadId !== null) {
      // An upload that is under way removes itself.
      const result = abort ? null : await this.#files.unfinished.discard(item.uploadId);
      if (result && !result.ok && !isOver.has(result.problem.code)) return false;
      this.#givenUp.add(item.uploadId);
    }
    this.#set(this.#items.filter((one) => one.id !== id));
    this.onTurn?.('removed', item);
    return true;
  }

  /** Forgets files that went with a message. */
  release(attachmentIds: ReadonlySet<string>): void {
    this.#set(this.#items.filter((item) => !item.attachment || !attachmentIds.has(item.attachment.id)));
  }

  /** Stops everything, such as when the person signs out. */
  abandon(): void {
    for (const abort of this.#aborts.values()) abort.abort();
    this.#set([]);
  }

  #next(): void {
    const busy = this.#items.filter((item) => item.state === 'uploading').length;
    const waiting = this.#items.filter((item) => item.state === 'waiting').slice(0, atOnce - busy);
    for (const item of waiting) void this.#upload(item);
  }

  async #upload(item: UploadItem): Promise<void> {
    const { file } = item;
    if (!file) return;
    const abort = new AbortController();
    const { signal } = abort;
    const hold = new UploadHold();
    this.#aborts.set(item.id, abort);
    this.#change(item.id, { state: 'uploading' });
    this.onTurn?.(item.uploadId === null ? 'started' : 'resumed', item);
    const onBegun = (uploadId: string) => {
      if (signal.aborted) return;
      hold.take(uploadId);
      this.#change(item.id, { uploadId });
    };
    try {
      const known =
        item.uploadId ??
        (file.size > limits.resumableFrom
          ? await unfinishedOf(file, this.#files.unfinished, this.isTaken, signal)
          : undefined);
      if (known !== undefined) onBegun(known);
      const result = await this.#files.upload(file, {
        signal,
        idempotencyKey: item.key,
        resume: known,
        onBegun,
        onProgress: (progress) => this.#change(item.id, { progress }),
        onPause: (paused) => {
          this.#change(item.id, { paused });
          this.onTurn?.(paused ? 'paused' : 'resumed', item);
        },
      });
      if (result.ok && !this.#items.some((one) => one.id === item.id)) {
        // Removed in the very moment in which it arrived.
        await this.#files.remove(result.data.id);
      } else if (result.ok) {
        this.#change(item.id, { state: 'done', progress: 1, attachment: result.data });
        this.onTurn?.('done', item);
      } else {
        this.#change(item.id, { state: 'failed', paused: false, problem: result.problem });
        this.onTurn?.('failed', { ...item, problem: result.problem });
      }
    } catch {
      // Cancelled by the person: the item is gone already.
    } finally {
      hold.release();
      this.#aborts.delete(item.id);
      this.#next();
    }
  }

  #change(id: string, change: Partial<UploadItem>): void {
    this.#set(this.#items.map((item) => (item.id === id ? { ...item, ...change } : item)));
  }

  #set(items: readonly UploadItem[]): void {
    this.#items = items;
    for (const listener of this.#listeners) listener();
  }
}
