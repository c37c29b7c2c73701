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
  });

  it('tells a refused message from an address that does not exist', () => {
    expect(readMailEvent({ event: 'bounce', type: 'blocked', reason: 'policy', deliveryId })?.state).toBe(
      'failed',
    );
  });

  it('keeps of a stranger’s words what can be kept', () => {
    const report = readMailEvent({
      event: 'deferred',
      response: `4.2.1\u0000\r\nbusy${'!'.repeat(400)}`,
      deliveryId,
    });
    expect(report?.reason).toBe(`4.2.1 busy${'!'.repeat(290)}`);
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
