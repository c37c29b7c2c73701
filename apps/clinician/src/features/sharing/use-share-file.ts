import { type Attachment, type CaseAttachment, limits } from '@casetalk/contract';
import {
  answerOf,
  api,
  focusWhenThere,
  problemOf,
  queryKeys,
  type ThreadMessage,
  useClinicianMe,
} from '@casetalk/portal';
import { useAnnouncer } from '@casetalk/ui';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { rememberExplained, wasExplained } from './share-explained.ts';

type Share = Attachment['share'];
interface Page {
  readonly data: readonly ThreadMessage[];
  readonly nextCursor: string | null;
}

/** Where a file's own share stands on this screen, beside what its record says. */
export type SharePhase = 'idle' | 'sharing' | 'undoable' | 'undoing' | 'failed' | 'damaged';

export interface Sharing {
  readonly phaseOf: (attachmentId: string) => SharePhase;
  /** One press shares; several files go one after the other. Answers those that were shared. */
  readonly share: (files: readonly Attachment[]) => Promise<readonly Attachment[]>;
  readonly undo: (file: Attachment) => Promise<void>;
  /** False until this person has shared a file on this device: then the button explains itself. */
  readonly explained: boolean;
}

/** The element that takes the focus when the pressed button is gone. */
export const sharedTextId = (attachmentId: string): string => `shared-${attachmentId}`;
export const shareButtonId = (attachmentId: string): string => `share-${attachmentId}`;

/** Shares files of a talk with everyone on the case, and takes a share back within its first seconds. */
export function useShareFile(caseId: string, talkId: string): Sharing {
  const t = useClinicianWords();
  const me = useClinicianMe();
  const announce = useAnnouncer();
  const queries = useQueryClient();
  const [phases, setPhases] = useState<Readonly<Record<string, SharePhase>>>({});
  const [explained, setExplained] = useState(() => wasExplained(me.id));
  const onItsWay = useRef(new Set<string>());

  const setPhase = useCallback((id: string, phase: SharePhase) => {
    setPhases((before) => ({ ...before, [id]: phase }));
  }, []);

  const putShare = useCallback(
    (attachmentId: string, share: Share) => {
      queries.setQueriesData<InfiniteData<Page>>({ queryKey: queryKeys.talkMessages(talkId) }, (data) =>
        data ? withShare(data, attachmentId, share) : data,
      );
    },
    [queries, talkId],
  );

  const lookAgain = useCallback(() => {
    void queries.invalidateQueries({ queryKey: queryKeys.talkMessages(talkId) });
    void queries.invalidateQueries({ queryKey: queryKeys.caseAttachments(caseId) });
    void queries.invalidateQueries({ queryKey: queryKeys.caseDetail(caseId) });
  }, [caseId, queries, talkId]);

  const shareOne = useCallback(
    async (file: Attachment): Promise<boolean> => {
      if (onItsWay.current.has(file.id)) return false;
      onItsWay.current.add(file.id);
      setPhase(file.id, 'sharing');
      try {
        const shared: CaseAttachment = await answerOf(
          api.shareAttachment({ params: { attachmentId: file.id } }),
        );
        putShare(file.id, {
          caseAttachmentId: shared.id,
          sharedAt: shared.addedAt,
          sharedBy: shared.addedBy.name,
        });
        setPhase(file.id, 'undoable');
        setTimeout(() => {
          setPhases((before) => (before[file.id] === 'undoable' ? { ...before, [file.id]: 'idle' } : before));
        }, limits.undoShareSeconds * 1000);
        return true;
      } catch (error) {
        const phase = problemOf(error).code === 'picture-damaged' ? 'damaged' : 'failed';
        setPhase(file.id, phase);
        announce(t(`talks.share.${phase}`, { name: file.name }), 'assertive');
        return false;
      } finally {
        onItsWay.current.delete(file.id);
      }
    },
    [announce, putShare, setPhase, t],
  );

  const share = useCallback(
    async (files: readonly Attachment[]): Promise<readonly Attachment[]> => {
      const done: Attachment[] = [];
      for (const file of files) if (await shareOne(file)) done.push(file);
      const [first] = done;
      if (!first) return done;
      rememberExplained(me.id);
      setExplained(true);
      announce(
        done.length === 1
          ? t('talks.share.announced', { name: first.name })
          : t('talks.share.severalDone', { count: done.length }),
      );
      // The pressed button is gone for good: the text that took its place has the focus now.
      if (files.length === 1) focusWhenThere(sharedTextId(first.id));
      lookAgain();
      return done;
    },
    [announce, lookAgain, me.id, shareOne, t],
  );

  const undo = useCallback(
    async (file: Attachment): Promise<void> => {
      if (!file.share) return;
      setPhase(file.id, 'undoing');
      const { caseAttachmentId } = file.share;
      const result = await api.removeCaseAttachment({ params: { caseAttachmentId } });
      if (result.ok || result.problem.code === 'not-found') {
        putShare(file.id, null);
        setPhase(file.id, 'idle');
        announce(t('talks.share.undone', { name: file.name }));
        focusWhenThere(shareButtonId(file.id));
      } else {
        setPhase(file.id, 'undoable');
        announce(t('talks.share.undoFailed', { name: file.name }), 'assertive');
      }
      lookAgain();
    },
    [announce, lookAgain, putShare, setPhase, t],
  );

  return { phaseOf: (id) => phases[id] ?? 'idle', share, undo, explained };
}

/** The same messages with one file's share put or taken. */
function withShare(data: InfiniteData<Page>, attachmentId: string, share: Share): InfiniteData<Page> {
  const put = (file: Attachment): Attachment =>
    file.id === attachmentId
      ? {
          ...file,
          share,
          abilities: { ...file.abilities, share: share === null, stopSharing: share !== null },
        }
      : file;
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      data: page.data.map((message) => ({ ...message, attachments: message.attachments.map(put) })),
    })),
  };
}
