import { fingerprintOf, type Result } from '@casetalk/client';
import type { Attachment, ResumableUpload } from '@casetalk/contract';
import { describe, expect, it, vi } from 'vitest';
import type { ConversationFiles } from '../talk/conversation.ts';
import { UploadHold } from './upload-hold.ts';
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

const unfinished = (id: string, name: string, fingerprint: string | null = null): ResumableUpload => ({
  id,
  name,
  size: 60_000_000,
  fingerprint,
  offset: 45_000_000,
  expiresAt: '2026-11-23T10:00:00.000Z',
  attachment: null,
  caseAttachment: null,
});

interface Waiting {
  readonly name: string;
  readonly resume: string | undefined;
  readonly begin: (uploadId: string) => void;
  readonly end: (result: Result<Attachment>) => void;
}

/** A place for files whose uploads end when the test says so. */
function place(begun: readonly ResumableUpload[] = []) {
  const removed: string[] = [];
  const waiting: Waiting[] = [];
  const files: ConversationFiles = {
    uploadsKey: ['uploads'],
    list: () => Promise.resolve(ok({ data: [] })),
    remove: (id) => {
      removed.push(id);
      return Promise.resolve(ok(undefined));
    },
    upload: (file, { signal, resume, onBegun }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
        waiting.push({ name: file.name, resume, begin: onBegun, end: resolve });
      }),
    unfinished: {
      key: ['unfinished'],
      list: () => Promise.resolve(ok({ data: begun })),
      discard: (id) => {
        removed.push(id);
        return Promise.resolve(ok(undefined));
      },
    },
  };
  return {
    queue: new UploadQueue(files),
    removed,
    waiting,
  };
}

const file = (name: string, text = 'hello') => new File([text], name);
/** A file that says it is large, and holds a few bytes. */
const largeFile = (name: string, text = 'hello') =>
  Object.defineProperty(file(name, text), 'size', { value: 60_000_000 });
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

describe('a large file', () => {
  it('goes on with what it had begun when it is added again', async () => {
    const { queue, waiting } = place([unfinished('other', 'other.zip'), unfinished('begun-1', 'knee.zip')]);
    queue.add([largeFile('knee.zip')]);
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    expect(waiting[0]?.resume).toBe('begun-1');
    expect(queue.isTaken('begun-1')).toBe(true);
    expect(queue.isTaken('other')).toBe(false);
  });

  it('begins anew beside one of the same name and size that holds something else', async () => {
    const begunWith = await fingerprintOf(largeFile('knee.zip', 'what was begun'));
    const begun = [unfinished('begun-2', 'knee.zip', begunWith ?? '')];
    const { queue, waiting } = place(begun);
    queue.add([largeFile('knee.zip', 'something else'), largeFile('knee.zip', 'what was begun')]);
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    expect(new Set(waiting.map(({ resume }) => resume))).toEqual(new Set(['begun-2', undefined]));
  });

  it('of which there are two does not go on twice with one upload', async () => {
    const { queue, waiting } = place([unfinished('begun-3', 'knee.zip')]);
    queue.add([largeFile('knee.zip')]);
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    queue.add([largeFile('knee.zip')]);
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    expect(waiting.map(({ resume }) => resume)).toEqual(['begun-3', undefined]);
  });

  it('that another tab is at work on is left to it', async () => {
    const begun = [unfinished('begun-6', 'knee.zip')];
    const hold = new UploadHold();
    hold.take('begun-6');
    const { queue, waiting } = place(begun);
    queue.add([largeFile('knee.zip')]);
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    hold.release();
    queue.add([largeFile('knee.zip')]);
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    expect(waiting.map(({ resume }) => resume)).toEqual([undefined, 'begun-6']);
  });

  it('that was chosen for its upload goes on from there, under the name that it has', async () => {
    const begun = unfinished('begun-4', 'knee.zip');
    const { queue, waiting } = place([begun]);
    queue.add([largeFile('knee (1).zip')], begun);
    expect(queue.items()).toMatchObject([{ id: 'begun-4', name: 'knee.zip', progress: 0.75 }]);
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    expect(waiting[0]?.resume).toBe('begun-4');
  });

  it('goes on after a failure, and is given up with its bytes when it is removed', async () => {
    const { queue, waiting, removed } = place();
    queue.add([largeFile('knee.zip')]);
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    waiting[0]?.begin('begun-5');
    waiting[0]?.end(refused);
    await settled();
    queue.retry(queue.items()[0]?.id ?? '');
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    expect(waiting[1]?.resume).toBe('begun-5');
    waiting[1]?.end(refused);
    await settled();
    expect(await queue.remove(queue.items()[0]?.id ?? '')).toBe(true);
    expect(removed).toEqual(['begun-5']);
    expect(queue.isTaken('begun-5')).toBe(true);
  });
});
