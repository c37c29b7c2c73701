import type { Invitation } from '@casetalk/contract';
import { describe, expect, test } from 'vitest';
import { repairOf, standingOf, toneOf } from './invitation-standing.ts';
import { stepsOf } from './invitation-steps.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 22, 14, minute)).toISOString();

const delivered: Invitation = {
  id: '01939d00-0000-7000-8000-000000000001',
  caseId: '01939d00-0000-7000-8000-000000000002',
  talkId: '01939d00-0000-7000-8000-000000000003',
  email: 'ana@example.com',
  mobile: '+14155550142',
  landline: null,
  language: 'en',
  state: 'pending',
  delivery: 'delivered',
  deliveryReason: null,
  createdAt: at(0),
  sentAt: at(1),
  deliveredAt: at(2),
  bouncedAt: null,
  openedAt: null,
  codeSentAt: null,
  codeFailedAt: null,
  codeFailure: null,
  verifiedAt: null,
  termsAcceptedAt: null,
  registeredAt: null,
  firstReadAt: null,
  endedAt: null,
  expiresAt: at(59),
  helpRequestedAt: null,
  lastReminderAt: null,
  nextReminderAt: null,
  remindersStoppedAt: null,
  codeTriesUsedUp: false,
  assurance: null,
  abilities: { resend: true, correct: true, revoke: true },
};

const opened: Partial<Invitation> = { state: 'opened', openedAt: at(5) };
const changed = (change: Partial<Invitation>): Invitation => ({ ...delivered, ...change });
const statesOf = (invitation: Invitation): readonly string[] =>
  stepsOf(invitation).map((step) => `${step.label}: ${step.state}`);

describe('the one thing to know about an invitation', () => {
  test.each([
    [changed({ delivery: 'queued', sentAt: null, deliveredAt: null }), 'queued', undefined],
    [delivered, 'delivered', undefined],
    [changed({ delivery: 'bounced', deliveredAt: null, bouncedAt: at(3) }), 'bounced', 'correct'],
    [changed({ delivery: 'blocked', deliveredAt: null, bouncedAt: at(3) }), 'blocked', 'correct'],
    [changed({ delivery: 'spam' }), 'spam', 'correct'],
    [changed(opened), 'opened', undefined],
    [changed({ ...opened, codeSentAt: at(6) }), 'codeSent', undefined],
    [changed({ ...opened, codeSentAt: at(6), codeFailedAt: at(7) }), 'codeFailed', 'correctPhone'],
    [changed({ ...opened, codeSentAt: at(6), helpRequestedAt: at(8) }), 'help', 'correctPhone'],
    [changed({ ...opened, codeSentAt: at(6), codeTriesUsedUp: true }), 'triesUsedUp', 'resend'],
    [changed({ ...opened, state: 'verified', verifiedAt: at(9) }), 'verified', undefined],
    [
      changed({ ...opened, state: 'verified', verifiedAt: at(9), termsAcceptedAt: at(10) }),
      'termsAccepted',
      undefined,
    ],
    [changed({ ...opened, state: 'accepted', registeredAt: at(11) }), 'registered', undefined],
    [changed({ ...opened, state: 'accepted', registeredAt: at(11), firstReadAt: at(12) }), 'read', undefined],
    [changed({ state: 'expired', endedAt: at(59) }), 'expired', 'resend'],
    [changed({ ...opened, state: 'reported', endedAt: at(7) }), 'reported', 'again'],
  ] as const)('of %# is what it says, with what repairs it', (invitation, standing, repair) => {
    expect(standingOf(invitation)).toBe(standing);
    expect(repairOf(standing)).toBe(repair);
  });

  test('is an earlier failed code no more once a later one was sent', () => {
    expect(standingOf(changed({ ...opened, codeFailedAt: at(6), codeSentAt: at(7) }))).toBe('codeSent');
  });

  test('stands out when somebody has to act', () => {
    expect([toneOf('bounced'), toneOf('reported'), toneOf('delivered'), toneOf('read')]).toEqual([
      'warning',
      'danger',
      'info',
      'success',
    ]);
  });
});

describe('the steps of an invitation', () => {
  test('say what is done, what is next and what is to come', () => {
    expect(statesOf(delivered)).toEqual([
      'sent: done',
      'delivered: done',
      'opened: current',
      'codeSent: waiting',
      'terms: waiting',
      'registered: waiting',
      'read: waiting',
    ]);
  });

  test('stop at the one that failed, with the reason beside it', () => {
    const bounced = changed({
      delivery: 'bounced',
      deliveredAt: null,
      bouncedAt: at(3),
      deliveryReason: 'The mailbox does not exist.',
    });
    expect(statesOf(bounced).slice(0, 3)).toEqual(['sent: done', 'bounced: failed', 'opened: waiting']);
    expect(stepsOf(bounced)[1]?.reason).toBe('The mailbox does not exist.');
  });

  test('are not needed where the invitee had an account already', () => {
    const joined = changed({ ...opened, state: 'accepted', registeredAt: at(9), endedAt: at(9) });
    expect(statesOf(joined)).toEqual([
      'sent: done',
      'delivered: done',
      'opened: done',
      'codeSent: skipped',
      'terms: skipped',
      'registered: done',
      'read: current',
    ]);
  });

  test('have no next one once the invitation ended', () => {
    expect(statesOf(changed({ state: 'revoked', endedAt: at(4) }))).not.toContainEqual(
      expect.stringContaining('current'),
    );
  });
});
