import type { Portal } from '@casetalk/contract';
import type { Database, Viewer } from '../../db/database.ts';
import { peopleOnCase } from '../cases/index.ts';
import type { EventHub } from '../events/index.ts';
import { fileNewsRepository } from './file-news.repository.ts';

/** What must be known of a file to find those who see it. */
export interface FileInNews {
  readonly fileId: string;
  readonly caseId: string;
  /** Null of files from before it was written down: of those nothing is told. */
  readonly uploaderKind: Portal | null;
  readonly uploaderId: string | null;
}

export interface FileNews {
  /** Everybody who sees the file in a portal sees it anew. */
  tell(file: FileInNews): Promise<void>;
}

/** Tells what was found out about a file after it was taken in. */
export function createFileNews({
  db,
  events,
}: {
  readonly db: Database;
  readonly events: Pick<EventHub, 'publish'>;
}): FileNews {
  return {
    async tell({ fileId, caseId, uploaderKind, uploaderId }) {
      if (!uploaderKind || !uploaderId) return;
      const uploader: Viewer = { kind: uploaderKind, id: uploaderId };
      await db.as(uploader, async (tx) => {
        const talk = await fileNewsRepository.talkOf(tx, fileId);
        if (talk) {
          const two = [talk.clinicianId, ...(talk.patientId ? [talk.patientId] : [])];
          events.publish(two, { type: 'talk.changed', talkId: talk.talkId, caseId });
        } else {
          events.publish(await peopleOnCase(tx, caseId), { type: 'caseAttachment.changed', caseId });
        }
      });
    },
  };
}
