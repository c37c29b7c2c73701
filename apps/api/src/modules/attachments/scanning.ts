import type { Person } from '../../actors.ts';
import type { Database } from '../../db/database.ts';
import type { Scanner } from '../../gateways/scanner.ts';
import type { SealedFileStore } from '../../vault/sealed-file-store.ts';
import type { FileNews } from './file-news.ts';
import type { Intake } from './files.repository.ts';
import { type FileToScan, scanningRepository } from './scanning.repository.ts';

export interface ScanningNeeds {
  readonly db: Database;
  readonly news: FileNews;
  readonly fileStore: Pick<SealedFileStore, 'read'>;
  readonly scanner: Scanner | undefined;
  /** Called when nothing was found in a file. */
  readonly onOpen: () => void;
}

export interface FileScanning {
  /** What the row of a fresh file says of who brought it and of its scan. */
  begin(uploader: Person): Intake;
  /** Looks now for files to scan, instead of with the next round. */
  wake(): void;
  /** Ends the rounds. A scan under way is left, and begun again by whoever looks next. */
  stop(): Promise<void>;
}

/** How often files are looked for that this process did not hear of, in milliseconds. */
const roundEvery = 5000;

/**
 * Scans files, one after the other in each process, in the order in which they arrived. The rows are the queue: a file is
 * in `checking` until a scanner has said something of it, however often that fails, and nobody but its uploader has
 * anything of it before.
 * @param onError told of a file that could not be scanned and comes again; holds its id and the scanner's words
 */
export function createFileScanning(
  { db, news, fileStore, scanner, onOpen }: ScanningNeeds,
  onError: (error: unknown, fileId?: string) => void,
): FileScanning {
  const begin = ({ kind, id }: Person): Intake => ({
    uploaderKind: kind,
    uploaderId: id,
    toScan: scanner !== undefined,
  });
  if (!scanner) return { begin, wake: () => undefined, stop: async () => undefined };

  let running: Promise<void> | undefined;
  let stopped = false;
  let again = false;
  const rounds = setInterval(wake, roundEvery).unref();

  function wake(): void {
    again = true;
    if (stopped || running) return;
    running = work()
      .catch(onError)
      .finally(() => {
        running = undefined;
        if (again) wake();
      });
  }

  async function work(): Promise<void> {
    again = false;
    for (;;) {
      const file = stopped ? undefined : await db.transaction((tx) => scanningRepository.claim(tx));
      if (!file) return;
      await scanOne(file);
    }
  }

  async function scanOne(file: FileToScan): Promise<void> {
    try {
      const verdict = await scanner?.scan(fileStore.read(file));
      if (!verdict) return;
      await db.transaction((tx) => scanningRepository.conclude(tx, file.fileId, verdict));
      if (verdict === 'clean') onOpen();
    } catch (error) {
      onError(error, file.fileId);
      await db.transaction((tx) => scanningRepository.postpone(tx, file.fileId));
      return;
    }
    await news.tell(file);
  }

  return {
    begin,
    wake,
    async stop() {
      stopped = true;
      again = false;
      clearInterval(rounds);
    },
  };
}
