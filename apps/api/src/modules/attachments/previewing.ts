import { Readable } from 'node:stream';
import type { Database } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { type PreviewMaker, PreviewsUnavailable } from '../../gateways/previews/preview-maker.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import type { SealedFileStore } from '../../vault/sealed-file-store.ts';
import type { FileNews } from './file-news.ts';
import { type FileToShow, type KeptPreview, previewingRepository } from './previewing.repository.ts';

export interface PreviewingNeeds {
  readonly db: Database;
  readonly dataKeys: Pick<DataKeys, 'of'>;
  readonly news: FileNews;
  readonly fileStore: Pick<SealedFileStore, 'put' | 'read' | 'remove'>;
  readonly previewMaker: PreviewMaker;
}

export interface Previewing {
  /** Looks now for files to show, instead of with the next round. */
  wake(): void;
  /** Ends the rounds, and the drawing that is under way: whoever looks next begins it again. */
  stop(): Promise<void>;
}

/** How often files are looked for that this process did not hear of, in milliseconds. */
const roundEvery = 5000;

/**
 * Makes previews of files that may be opened, one after the other in each process, in the order in which they arrived.
 * The rows are the queue: nothing is lost with a process. A preview is sealed with the key of its file and is kept beside
 * it.
 * @param onError told of a preview that comes again, or that a limit ended; holds the file's id
 */
export function createPreviewing(
  { db, dataKeys, news, fileStore, previewMaker }: PreviewingNeeds,
  onError: (error: unknown, fileId?: string) => void,
): Previewing {
  const end = new AbortController();
  let running: Promise<void> | undefined;
  let again = false;
  const rounds = setInterval(wake, roundEvery).unref();

  function wake(): void {
    again = true;
    if (end.signal.aborted || running) return;
    running = work()
      .catch(onError)
      .finally(() => {
        running = undefined;
        if (again) wake();
      });
  }

  async function work(): Promise<void> {
    again = false;
    await db.transaction((tx) => previewingRepository.giveUpWorn(tx));
    while (!end.signal.aborted) {
      const file = await db.transaction((tx) => previewingRepository.claim(tx));
      if (!file) return;
      await show(file);
    }
  }

  async function show(file: FileToShow): Promise<void> {
    const { fileId } = file;
    try {
      const preview = await previewMaker.make(file.mediaType, fileStore.read(file), end.signal);
      if (typeof preview !== 'string') {
        await keep(file, preview);
      } else {
        await db.transaction((tx) => previewingRepository.giveUp(tx, fileId));
        if (preview === 'excessive') onError(new Error('Drawing it took more than it may.'), fileId);
      }
    } catch (error) {
      const isFree = error instanceof PreviewsUnavailable;
      const isWaiting = await db.transaction((tx) => previewingRepository.postpone(tx, fileId, isFree));
      // Bytes that end because somebody removed the file are no failure.
      if (isWaiting && !end.signal.aborted) onError(error, fileId);
      return;
    }
    await news.tell(file);
  }

  async function keep(
    { fileId, keyOwnerId }: FileToShow,
    { bytes, pages }: { readonly bytes: Buffer; readonly pages: number },
  ): Promise<void> {
    if (keyOwnerId === null) throw new Error('The file was never sealed.');
    const previewId = newId();
    const key = await dataKeys.of(keyOwnerId);
    const { size, sha256 } = await fileStore.put(previewId, key, Readable.from([bytes]));
    const preview: KeptPreview = { previewId, previewSize: size, previewSha256: sha256, pages };
    // Where the commit's answer is lost the row may name it: what no row names is found and removed later.
    const kept = await db.transaction((tx) => previewingRepository.keep(tx, fileId, preview));
    if (!kept) await fileStore.remove(previewId);
  }

  return {
    wake,
    async stop() {
      again = false;
      clearInterval(rounds);
      end.abort();
      await running;
    },
  };
}
