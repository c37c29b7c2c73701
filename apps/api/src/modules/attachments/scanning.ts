import type { Person } from '../../actors.ts';
import type { Database, Viewer } from '../../db/database.ts';
import type { Scanner } from '../../gateways/scanner.ts';
import type { SealedFileStore } from '../../vault/sealed-file-store.ts';
import { peopleOnCase } from '../cases/index.ts';
import type { EventHub } from '../events/index.ts';
import type { ToScan } from './files.repository.ts';
import { type FileToScan, scanningRepository } from './scanning.repository.ts';

export interface ScanningNeeds {
  readonly db: Database;
  readonly events: Pick<EventHub, 'publish'>;
  readonly fileStore: Pick<SealedFileStore, 'read'>;
  readonly scanner: Scanner | undefined;
}

export interface FileScanning {
  /** What the row of a fresh file says of its scan; undefined where nothing looks for malware. */
  begin(uploader: Person): ToScan | undefined;
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
  { db, events, fileStore, scanner }: ScanningNeeds,
  onError: (error: unknown, fileId?: string) => void,
): FileScanning {
  if (!scanner) return { begin: () => undefined, wake: () => undefined, stop: async () => undefined };

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
    } catch (error) {
      onError(error, file.fileId);
      await db.transaction((tx) => scanningRepository.postpone(tx, file.fileId));
      return;
    }
    await tell(file);
  }

  /** Everybody who sees the file in a portal sees it anew. */
  async function tell({ fileId, caseId, uploaderKind, uploaderId }: FileToScan): Promise<void> {
    if (!uploaderKind || !uploaderId) return;
    const uploader: Viewer = { kind: uploaderKind, id: uploaderId };
    await db.as(uploader, async (tx) => {
      const talk = await scanningRepository.talkOf(tx, fileId);
      if (talk) {
        const two = [talk.clinicianId, ...(talk.patientId ? [talk.patientId] : [])];
        events.publish(two, { type: 'talk.changed', talkId: talk.talkId, caseId });
      } else {
        events.publish(await peopleOnCase(tx, caseId), { type: 'caseAttachment.changed', caseId });
      }
    });
  }

  return {
    begin: ({ kind, id }) => ({ uploaderKind: kind, uploaderId: id }),
    wake,
    async stop() {
      stopped = true;
      again = false;
      clearInterval(rounds);
    },
  };
}
