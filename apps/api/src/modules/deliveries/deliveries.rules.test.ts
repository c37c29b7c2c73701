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

  it.each([
    ['an event of another kind', { event: 'processed', deliveryId }],
    ['a mail that is not ours', { event: 'delivered' }],
    ['an id that is none', { event: 'delivered', deliveryId: 'x' }],
  ])('ignores %s', (_, event) => {
    expect(readMailEvent(event)).toBeUndefined();
  });
});
