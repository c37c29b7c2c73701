import { limits, type ResumableUpload } from '@casetalk/contract';
import { useAnnouncer } from '@casetalk/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { answerOf } from '../api/api-failure.ts';
import { useWords } from '../language/use-words.ts';
import type { ConversationFiles } from '../talk/conversation.ts';
import type { UploadItem, UploadQueue } from './upload-queue.ts';
import { uploadProblem } from './upload-words.ts';

const none: readonly UploadItem[] = [];
/** While a scanner looks at an uploaded file, its word is asked for this often, in milliseconds. */
const scanLookMs = 2000;
const noItems = () => none;
const noSubscription = () => () => undefined;

/**
 * The files of the message being written: what is uploading, and what was uploaded before the page was loaded.
 * @param onChange told when what waits to be sent has changed
 */
export function useUploads(
  files: ConversationFiles | null,
  queue: UploadQueue | null,
  heldIds: ReadonlySet<string>,
  onChange: () => void,
) {
  const words = useWords();
  const announce = useAnnouncer();
  const items = useSyncExternalStore(queue?.subscribe ?? noSubscription, queue?.items ?? noItems);
  const [notice, setNotice] = useState('');
  const client = useQueryClient();

  const { data } = useQuery({
    queryKey: files?.uploadsKey ?? ['no uploads'],
    queryFn: async ({ signal }) => {
      // What is uploaded while the answer is on its way is not in it, and stays.
      const before = new Set(queue?.items().flatMap(({ attachment }) => (attachment ? [attachment.id] : [])));
      const there = files ? (await answerOf(files.list(signal))).data : [];
      return { before, there };
    },
    structuralSharing: false,
    enabled: files !== null,
    staleTime: 0,
    gcTime: 0,
    refetchInterval: items.some(({ attachment }) => attachment?.scan === 'checking') ? scanLookMs : false,
  });
  useEffect(() => {
    if (!data) return;
    queue?.letGo(data.before, new Set(data.there.map((file) => file.id)));
    queue?.restore(data.there.filter((file) => !heldIds.has(file.id)));
    // Only what the API answers is restored; a message that leaves afterwards holds nothing back.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [data, queue]);

  useEffect(() => {
    if (!queue) return undefined;
    queue.onTurn = (turn, item) => {
      const { name } = item;
      if (turn === 'done' || turn === 'removed') onChange();
      // What is whole, refused or given up is not unfinished any more.
      if (item.size > limits.resumableFrom && (turn === 'done' || turn === 'failed' || turn === 'removed')) {
        void client.invalidateQueries({ queryKey: files?.unfinished.key ?? [] });
      }
      if (turn === 'started') announce(words('files.announce.start', { name }));
      if (turn === 'paused') announce(words('files.announce.paused', { name }));
      if (turn === 'resumed') announce(words('files.announce.resumed', { name }));
      if (turn === 'done') announce(words('files.announce.done', { name }));
      if (turn === 'failed') {
        announce(words('files.announce.failed', { name, problem: uploadProblem(words, item) }), 'assertive');
      }
    };
    return () => {
      queue.onTurn = null;
    };
  }, [announce, client, files, onChange, queue, words]);

  const add = useCallback(
    (chosen: readonly File[], begun?: ResumableUpload) => {
      const refused = queue?.add(chosen, begun) ?? null;
      const sentence = refused ? words(`files.error.${refused}`) : '';
      setNotice(sentence);
      if (sentence !== '') announce(sentence, 'assertive');
    },
    [announce, queue, words],
  );

  return { items, add, notice };
}
