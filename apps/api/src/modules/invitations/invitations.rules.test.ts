import type { InvitationState } from '@casetalk/contract';
import { describe, expect, it } from 'vitest';
import { effectiveState, linkStatus, mayMove, nextReminderAt } from './invitations.rules.ts';

const states: InvitationState[] = [
  'pending',
  'opened',
  'verified',
  'accepted',
  'expired',
  'revoked',
  'declined',
  'reported',
];

describe('moves of an invitation', () => {
  it.each(['accepted', 'revoked', 'declined', 'reported'] as const)('never leaves %s', (state) => {
    expect(states.filter((to) => mayMove(state, to))).toEqual([]);
  });

  it('comes back from expired only by being sent again', () => {
    expect(states.filter((to) => mayMove('expired', to))).toEqual(['pending']);
  });

  it('is never verified without having been opened', () => {
    expect(mayMove('pending', 'verified')).toBe(false);
    expect(mayMove('opened', 'verified')).toBe(true);
  });
});

describe('an invitation whose time is over', () => {
  it.each(['pending', 'opened', 'verified'] as const)('counts as expired while marked %s', (state) => {
    expect(effectiveState({ state, overdue: true })).toBe('expired');
    expect(linkStatus({ state, overdue: true })).toBe('expired');
    expect(linkStatus({ state, overdue: false })).toBe('usable');
  });

  it('keeps the end that it had before', () => {
    expect(effectiveState({ state: 'accepted', overdue: true })).toBe('accepted');
    expect(linkStatus({ state: 'accepted', overdue: true })).toBe('used');
  });

  it.each(['revoked', 'declined', 'reported'] as const)(
    'tells a holder of its link no more of %s',
    (state) => {
      expect(linkStatus({ state, overdue: false })).toBe('revoked');
    },
  );
});

describe('the next reminder', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 10, day));
  const facts = {
    state: 'opened',
    overdue: false,
    delivery: 'delivered',
    sentAt: at(1),
    expiresAt: at(8),
    reminders: 0,
    remindersOff: false,
  } as const;

  it('comes three days after the mail', () => {
    expect(nextReminderAt(facts)).toEqual(at(4));
  });

  it.each([
    ['the mail bounced', { delivery: 'bounced' }],
    ['the mail has not left', { delivery: 'queued', sentAt: null }],
    ['the invitation ended', { state: 'declined' }],
    ['its time is over', { overdue: true }],
    ['it would come too late', { expiresAt: at(3) }],
    ['three have gone', { reminders: 3 }],
    ['they are switched off', { remindersOff: true }],
  ] as const)('never comes when %s', (_, change) => {
    expect(nextReminderAt({ ...facts, ...change })).toBeNull();
  });
});
