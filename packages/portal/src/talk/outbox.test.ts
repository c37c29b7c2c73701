import { describe, expect, it } from 'vitest';
import type { ThreadMessage } from './conversation.ts';
import { Outbox, type OutgoingMessage, unconfirmed } from './outbox.ts';

const outgoing = (change: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  key: 'a',
  text: 'Thank you',
  attachments: [],
  writtenAt: '2026-11-22T10:00:00.000Z',
  after: '0198-05',
  state: 'sending',
  problem: null,
  ...change,
});

const message = (change: Partial<ThreadMessage> = {}): ThreadMessage => ({
  id: '0198-06',
  sender: { id: 'p', name: 'Ana Ruiz' },
  mine: true,
  text: 'Thank you',
  attachments: [],
  createdAt: '2026-11-22T10:00:01.000Z',
  readAt: null,
  ...change,
});

describe('a message on its way', () => {
  it('is shown until the thread has it', () => {
    expect(unconfirmed([], [outgoing()])).toHaveLength(1);
    expect(unconfirmed([message()], [outgoing()])).toEqual([]);
  });

  it('is not confirmed by the same words said before, or by somebody else', () => {
    expect(unconfirmed([message({ id: '0198-05' })], [outgoing()])).toHaveLength(1);
    expect(unconfirmed([message({ mine: false })], [outgoing()])).toHaveLength(1);
  });

  it('stays when the same words are sent twice and only one of them has arrived', () => {
    const twice = [outgoing(), outgoing({ key: 'b' })];
    expect(unconfirmed([message()], twice).map((item) => item.key)).toEqual(['b']);
    expect(unconfirmed([message(), message({ id: '0198-07' })], twice)).toEqual([]);
  });

  it('changes its state in place and tells whoever watches', () => {
    const outbox = new Outbox('person', 'talk');
    let turns = 0;
    outbox.subscribe(() => {
      turns += 1;
    });
    outbox.add(outgoing());
    outbox.mark('a', 'failed', null);
    expect(outbox.messages()).toEqual([outgoing({ state: 'failed' })]);
    outbox.remove('a');
    outbox.remove('a');
    expect(outbox.messages()).toEqual([]);
    expect(turns).toBe(3);
  });
});
