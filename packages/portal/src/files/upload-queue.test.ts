import type { Result } from '@casetalk/client';
import type { Attachment } from '@casetalk/contract';
import { describe, expect, it } from 'vitest';
import type { ConversationFiles } from '../talk/conversation.ts';
import { UploadQueue } from './upload-queue.ts';

const stored = (id: string): Attachment => ({
  id,
  talkId: 'talk',
  messageId: null,
  name: `${id}.txt`,
  mediaType: 'text/plain',
  kind: 'document',
  size: 5,
  sha256: 'a'.repeat(64),
  scan: 'clean',
  preview: 'none',
  pages: null,
  sentBy: 'patient',
  createdAt: '2026-11-22T10:00:00.000Z',
  share: null,
  abilities: { share: false, stopSharing: false, remove: true },
});

const ok = <T>(data: T): Result<T> => ({ ok: true, status: 200, data, headers: new Headers() });
const refused: Result<never> = {
  ok: false,
  status: 0,
  problem: { code: 'unreachable', status: 0, title: 'The service cannot be reached' },
};

/** A place for files whose uploads end when the test says so. */
function place() {
  const removed: string[] = [];
  const waiting: { name: string; end: (result: Result<Attachment>) => void }[] = [];
  const files: ConversationFiles = {
    uploadsKey: ['uploads'],
    list: () => Promise.resolve(ok({ data: [] })),
    remove: (id) => {
      removed.push(id);
      return Promise.resolve(ok(undefined));
    },
    upload: (file, { signal }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
        waiting.push({ name: file.name, end: resolve });
      }),
  };
  return {
    queue: new UploadQueue(files, { recall: () => undefined, keep: () => undefined }),
    removed,
    waiting,
  };
}

const file = (name: string, text = 'hello') => new File([text], name);
const settled = () => new Promise((resolve) => setImmediate(resolve));
const states = (queue: UploadQueue) => queue.items().map((item) => `${item.name} ${item.state}`);

describe('the files of a message', () => {
  it('go two at a time', async () => {
    const { queue, waiting } = place();
    queue.add([file('a.txt'), file('b.txt'), file('c.txt')]);
    expect(waiting.map((upload) => upload.name)).toEqual(['a.txt', 'b.txt']);
    waiting[0]?.end(ok(stored('a')));
    await settled();
    expect(states(queue)).toEqual(['a.txt done', 'b.txt uploading', 'c.txt uploading']);
  });

  it('are at most ten, and say so', () => {
    const { queue } = place();
    expect(queue.add(Array.from({ length: 12 }, (_, index) => file(`${index}.txt`)))).toBe('many');
    expect(queue.items()).toHaveLength(10);
  });

  it('are refused at once when they are empty or can never be accepted', () => {
    const { queue, waiting } = place();
    queue.add([file('empty.pdf', ''), file('page.html')]);
    expect(queue.items().map((item) => item.refusal)).toEqual(['empty', 'type']);
    expect(waiting).toEqual([]);
  });

  it('go again after a failure', async () => {
    const { queue, waiting } = place();
    queue.add([file('a.txt')]);
    waiting[0]?.end(refused);
    await settled();
    expect(states(queue)).toEqual(['a.txt failed']);
    queue.retry(queue.items()[0]?.id ?? '');
    waiting[1]?.end(ok(stored('a')));
    await settled();
    expect(states(queue)).toEqual(['a.txt done']);
  });

  it('vanish here and on the server when they are removed', async () => {
    const { queue, waiting, removed } = place();
    queue.add([file('a.txt'), file('b.txt')]);
    waiting[0]?.end(ok(stored('a')));
    await settled();
    for (const item of queue.items()) expect(await queue.remove(item.id)).toBe(true);
    expect(queue.items()).toEqual([]);
    expect(removed).toEqual(['a']);
  });

  it('come back once after a reload, and go with the message', () => {
    const { queue } = place();
    queue.restore([stored('a'), stored('b')]);
    queue.restore([stored('a')]);
    expect(states(queue)).toEqual(['a.txt done', 'b.txt done']);
    queue.release(new Set(['a']));
    expect(states(queue)).toEqual(['b.txt done']);
  });

  it('are not shown twice when the service knows of one before its answer is here', async () => {
    const { queue, waiting } = place();
    queue.add([file('a.txt')]);
    queue.restore([stored('a')]);
    expect(states(queue)).toEqual(['a.txt uploading']);
    waiting[0]?.end(ok(stored('a')));
    await settled();
    expect(states(queue)).toEqual(['a.txt done']);
  });

  it('are taken out of the message once one is found harmful, and that is told once', () => {
    const { queue } = place();
    const told: string[] = [];
    queue.onTurn = (turn, item) => told.push(`${item.name} ${turn} ${item.refusal}`);
    queue.restore([{ ...stored('a'), scan: 'checking' }, stored('b')]);
    const found: Attachment = { ...stored('a'), scan: 'infected' };
    queue.restore([found, stored('b')]);
    queue.restore([found, stored('b')]);
    expect(states(queue)).toEqual(['a.txt failed', 'b.txt done']);
    expect(told).toEqual(['a.txt failed virus']);
  });
});
