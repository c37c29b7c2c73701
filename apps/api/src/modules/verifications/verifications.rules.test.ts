import { describe, expect, it } from 'vitest';
import {
  breakerLimit,
  destinationsOf,
  mustWait,
  presentMethod,
  presentVerification,
  sendRefusal,
  triesLeft,
} from './verifications.rules.ts';

describe('the ways that a code can go', () => {
  it('offers texts first and a landline only calls', () => {
    const ways = destinationsOf({ mobile: '+14155550142', landline: '+14155550177' });
    expect(ways.map(({ methodId }) => methodId)).toEqual(['mobile-text', 'mobile-call', 'landline-call']);
    expect(destinationsOf({ mobile: null, landline: null })).toEqual([]);
  });

  it('shows two digits of a number', () => {
    const [way] = destinationsOf({ mobile: '+14155550142', landline: null });
    expect(way && presentMethod(way)).toEqual({
      id: 'mobile-text',
      channel: 'text',
      phoneKind: 'mobile',
      hint: '42',
    });
  });
});

describe('the cool-down', () => {
  const [text, call, landline] = destinationsOf({ mobile: '+14155550142', landline: '+14155550177' });
  const sent = { channel: 'text', phone: '+14155550142', state: 'sent', cooling: true } as const;

  it('keeps everybody waiting for a message that may still arrive', () => {
    for (const to of [text, call, landline]) expect(to && mustWait(sent, to)).toBe(true);
    expect(text && mustWait({ ...sent, cooling: false }, text)).toBe(false);
  });

  it('keeps nobody from another way once the message has failed', () => {
    const failed = { ...sent, state: 'failed' } as const;
    expect([text, call, landline].map((to) => to && mustWait(failed, to))).toEqual([true, false, false]);
  });
});

describe('the caps', () => {
  const quiet = {
    channel: 'text' as const,
    toNumber: [0, 0, 0],
    callsToNumber: 0,
    fromNetworkInHour: 0,
    networkCap: 20,
  };

  it.each([
    ['five in ten minutes', { toNumber: [5, 5, 5] }, 600],
    ['six in an hour', { toNumber: [0, 6, 6] }, 3600],
    ['ten in a day', { toNumber: [0, 0, 10] }, 86_400],
    ['three calls in an hour', { channel: 'call' as const, callsToNumber: 3 }, 3600],
    ['a busy network', { fromNetworkInHour: 20 }, 3600],
  ])('end at %s', (_, facts, wait) => {
    expect(sendRefusal({ ...quiet, ...facts })).toBe(wait);
  });

  it('leave room below', () => {
    expect(sendRefusal({ ...quiet, toNumber: [4, 5, 9], fromNetworkInHour: 19 })).toBeUndefined();
    expect(sendRefusal({ ...quiet, callsToNumber: 3 })).toBeUndefined();
  });

  it('in all follow the week before, and never fall below the floor', () => {
    expect(breakerLimit(10, 100)).toBe(100);
    expect(breakerLimit(200, 100)).toBe(600);
  });
});

describe('tries', () => {
  it('are what the code and the invitation both have left', () => {
    expect(triesLeft(1, 1)).toBe(4);
    expect(triesLeft(0, 8)).toBe(2);
    expect(triesLeft(5, 5)).toBe(0);
    expect(triesLeft(7, 12)).toBe(0);
  });
});

describe('a live code', () => {
  it('says when asking again helps, and nothing of the number', () => {
    const shown = presentVerification(
      {
        id: '0193aaaa-0000-7000-8000-000000000001',
        channel: 'text',
        phoneKind: 'mobile',
        phone: '+14155550142',
        state: 'sent',
        triesUsed: 1,
        sends: 2,
        lastSentAt: new Date('2026-11-22T18:00:00Z'),
        expiresAt: new Date('2026-11-22T18:10:00Z'),
      },
      1,
    );
    expect(shown).toMatchObject({ resendAt: '2026-11-22T18:00:30.000Z', triesLeft: 4, repeated: true });
    expect(JSON.stringify(shown)).not.toContain('5550142');
  });
});
