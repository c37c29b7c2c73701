import { describe, expect, it } from 'vitest';
import { readMailEvent, statesBefore } from './deliveries.rules.ts';

const deliveryId = '0193aaaa-0000-7000-8000-000000000001';

describe('the way of a delivery', () => {
  it('never leads back', () => {
    expect(statesBefore('queued')).toEqual([]);
    expect(statesBefore('sent')).toEqual(['queued']);
    expect(statesBefore('deferred')).not.toContain('delivered');
    expect(statesBefore('delivered')).toEqual(['queued', 'sent', 'deferred']);
  });

  it('may still bounce after the receiving server had taken it', () => {
    expect(statesBefore('bounced')).toContain('delivered');
  });
});

describe('SendGrid’s events', () => {
  it('carries the reason of a bounce', () => {
    expect(
      readMailEvent({ event: 'bounce', type: 'bounce', reason: '550 no such user', deliveryId }),
    ).toEqual({
      deliveryId,
      state: 'bounced',
      reason: '550 no such user',
    });
    expect(
      readMailEvent({
        event: 'bounce',
        type: 'bounce',
        reason: '550 5.1.1 unknown: ana@example.com',
        deliveryId,
      })?.reason,
    ).toBe('This address does not exist.');
  });

  it('tells a refused message from an address that does not exist', () => {
    expect(readMailEvent({ event: 'bounce', type: 'blocked', reason: 'policy', deliveryId })?.state).toBe(
      'blocked',
    );
  });

  it('tells that a mail that had arrived was reported as spam, after which nothing moves it', () => {
    expect(readMailEvent({ event: 'spamreport', deliveryId })).toMatchObject({
      state: 'spam',
      reason: expect.stringContaining('spam'),
    });
    expect(statesBefore('spam')).toContain('delivered');
    for (const state of ['delivered', 'deferred', 'bounced', 'blocked'] as const)
      expect(statesBefore(state)).not.toContain('spam');
  });

  it.each([
    [{ event: 'deferred', response: '451 4.2.1 try later' }, 'The mailbox accepts no mail right now.'],
    [{ event: 'dropped', reason: 'Bounced Address' }, 'Mail to this address came back before.'],
    [
      { event: 'bounce', bounce_classification: 'Mailbox Unavailable', reason: 'x' },
      'The mailbox is full or closed.',
    ],
  ])('says in plain words why: %j', (event, words) => {
    expect(readMailEvent({ ...event, deliveryId })?.reason).toBe(words);
  });

  it('keeps of a stranger’s words what can be kept', () => {
    const report = readMailEvent({
      event: 'deferred',
      response: `452 4.9.9\u0000\r\nbusy${'!'.repeat(400)}`,
      deliveryId,
    });
    expect(report?.reason).toBe(`452 4.9.9 busy${'!'.repeat(286)}`);
  });

  it.each([
    ['an event of another kind', { event: 'processed', deliveryId }],
    ['a mail that is not ours', { event: 'delivered' }],
    ['an id that is none', { event: 'delivered', deliveryId: 'x' }],
    ['an id that PostgreSQL would not read', { event: 'delivered', deliveryId: '-'.repeat(36) }],
  ])('ignores %s', (_, event) => {
    expect(readMailEvent(event)).toBeUndefined();
  });
});
