import type { Archive, ScanState } from '@casetalk/contract';
import { Readable } from 'node:stream';
import type { ClinicianActor, Origin, Person } from '../../actors.ts';
import type { Database, Tx } from '../../db/database.ts';
import { type ZipEntry, zipStream } from '../../gateways/zip-stream.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import type { SealedFileStore, StoredFile } from '../../vault/sealed-file-store.ts';
import { recordAudit } from '../audit/index.ts';
import { caseAccess } from '../cases/index.ts';
import { mayDownload } from './attachments.policy.ts';
import { attachmentRepository } from './attachments.repository.ts';
import { type ArchiveLanguage, archiveWords } from './archive-words.ts';
import { caseAttachmentRepository } from './case-attachments.repository.ts';
import { cutOff } from './cut-off.ts';
import { openCaseFile, openTalkFile } from './file-names.ts';
import { zipNames } from './zip-names.rules.ts';

export interface ArchiveNeeds {
  readonly db: Database;
  readonly dataKeys: DataKeys;
  readonly fileStore: Pick<SealedFileStore, 'read'>;
  /** Which of these sessions have not ended. */
  readonly aliveAmong: (sessionIds: readonly string[]) => Promise<string[]>;
}

/** A zip that someone may have, and how to call it. */
export interface ArchiveDownload {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Begins to read the files: each is recorded when its turn comes. */
  read(): Readable;
}

/** A file as it stands in a zip. */
interface Listed {
  readonly id: string;
  /** Bytes. */
  readonly size: number;
  readonly scan: ScanState;
  readonly at: Date;
}

/** Where the files are: what differs between a talk and a case. */
interface Place {
  readonly kind: 'talk' | 'case';
  /** Everything that the actor may see there, oldest first. @throws ProblemError `not-found` */
  list(): Promise<{ readonly files: readonly Listed[]; names(): Promise<ReadonlyMap<string, string>> }>;
  /** Decides anew about one file, and records that it is read. @throws ProblemError `not-found` */
  read(id: string): Promise<StoredFile>;
  sees(): Promise<boolean>;
}

/** All files of a talk or a case at once, in a zip that is made while it is read. */
export function createArchiveService({ db, dataKeys, fileStore, aliveAmong }: ArchiveNeeds) {
  const ofTalk = (actor: Person, origin: Origin, talkId: string): Place => {
    const sees = (tx: Tx): Promise<boolean> => attachmentRepository.seesTalk(tx, actor, talkId);
    return {
      kind: 'talk',
      async list() {
        const rows = await db.as(actor, async (tx) => {
          if (!(await sees(tx))) throw notFound();
          return attachmentRepository.sent(tx, actor, talkId);
        });
        return {
          files: rows.map((row) => ({ ...row, at: row.createdAt })),
          async names() {
            const key = await dataKeys.of(talkId);
            return new Map(rows.map((row) => [row.id, openTalkFile(key, row).name]));
          },
        };
      },
      read: (id) =>
        db.as(actor, async (tx) => {
          const row = await attachmentRepository.byId(tx, actor, id);
          if (!row || row.talkId !== talkId || !mayDownload(row)) throw notFound();
          await recordAudit(tx, actor, origin, {
            action: 'attachment.downloaded',
            resourceType: 'attachment',
            resourceId: row.id,
            caseId: row.caseId,
            talkId,
          });
          return row;
        }),
      sees: () => db.as(actor, sees),
    };
  };

  const ofCase = (actor: ClinicianActor, origin: Origin, caseId: string): Place => ({
    kind: 'case',
    async list() {
      const all = await db.as(actor, async (tx) => {
        await caseAccess.require(tx, actor, caseId);
        return caseAttachmentRepository.all(tx, caseId);
      });
      const rows = all.filter(({ removed }) => !removed);
      return {
        files: rows
          .map((row) => ({ ...row, at: row.addedAt }))
          .toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1)),
        async names() {
          const key = await dataKeys.of(caseId);
          return new Map(rows.map((row) => [row.id, openCaseFile(key, row).name]));
        },
      };
    },
    read: (id) =>
      db.as(actor, async (tx) => {
        const row = await caseAttachmentRepository.byId(tx, id);
        if (!row || row.caseId !== caseId || !mayDownload(row)) throw notFound();
        await caseAccess.require(tx, actor, caseId);
        await recordAudit(tx, actor, origin, {
          action: 'caseAttachment.downloaded',
          resourceType: 'caseAttachment',
          resourceId: row.id,
          caseId,
        });
        return row;
      }),
    sees: () => db.as(actor, async (tx) => (await caseAccess.find(tx, actor, caseId)) !== undefined),
  });

  async function summaryOf(place: Place): Promise<Archive> {
    const { files } = await place.list();
    const open = files.filter(mayDownload);
    return {
      files: open.length,
      size: open.reduce((sum, { size }) => sum + size, 0),
      leftOut: files.length - open.length,
    };
  }

  async function downloadOf(
    place: Place,
    { sessionId }: Pick<Person, 'sessionId'>,
    language: ArchiveLanguage,
  ): Promise<ArchiveDownload> {
    const words = archiveWords[language];
    const listed = await place.list();
    const open = listed.files.filter(mayDownload);
    const closed = listed.files.filter((file) => !mayDownload(file));
    if (open.length === 0) throw new ProblemError('state-conflict');
    const given = await listed.names();
    const nameOf = ({ id }: Listed): string => given.get(id) ?? id;
    const now = new Date();
    const names = zipNames(open.map(nameOf), closed.length > 0 ? [words.note] : []);
    const entries: ZipEntry[] = open.map(({ id, size, at }, index) => ({
      name: names[index] ?? id,
      size,
      at,
      open: async () => fileStore.read(await place.read(id)),
    }));
    if (closed.length > 0) {
      const reasons = closed.map((file) => ({ name: nameOf(file), scan: file.scan }));
      entries.push(noteOf(words.note, leftOutText(language, reasons), now));
    }
    const zip = zipStream(entries);
    const mayRead = async (): Promise<boolean> =>
      (await aliveAmong([sessionId])).length > 0 && (await place.sees());
    return {
      name: `${words[place.kind]} ${now.toISOString().slice(0, 10)}.zip`,
      size: zip.size,
      read: () => cutOff(zip.start(), mayRead),
    };
  }

  return {
    talkSummary: (actor: Person, origin: Origin, talkId: string): Promise<Archive> =>
      summaryOf(ofTalk(actor, origin, talkId)),
    caseSummary: (actor: ClinicianActor, origin: Origin, caseId: string): Promise<Archive> =>
      summaryOf(ofCase(actor, origin, caseId)),

    /**
     * All files that were sent in a talk. Those that must not be opened are named in a note beside the others.
     * @throws ProblemError `not-found`; `state-conflict` when there is none to download
     */
    talk: (actor: Person, origin: Origin, talkId: string, language: ArchiveLanguage) =>
      downloadOf(ofTalk(actor, origin, talkId), actor, language),
    /** The same for all files that everyone on a case can see. @throws ProblemError as {@link talk} */
    case: (actor: ClinicianActor, origin: Origin, caseId: string, language: ArchiveLanguage) =>
      downloadOf(ofCase(actor, origin, caseId), actor, language),
  };
}

export type ArchiveService = ReturnType<typeof createArchiveService>;

/** What is missing and why, as text for people: with a byte order mark, by which old editors know UTF-8. */
function leftOutText(
  language: ArchiveLanguage,
  files: readonly { readonly name: string; readonly scan: ScanState }[],
): Buffer {
  const words = archiveWords[language];
  const lines = files.map(
    ({ name, scan }) => `- ${name}: ${scan === 'checking' ? words.checking : words.infected}`,
  );
  return Buffer.from(`\uFEFF${[words.leftOut, '', ...lines, ''].join('\r\n')}`);
}

const noteOf = (name: string, text: Buffer, at: Date): ZipEntry => ({
  name,
  size: text.length,
  at,
  open: async () => Readable.from([text]),
});
