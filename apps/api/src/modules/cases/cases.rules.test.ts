import { describe, expect, test } from 'vitest';
import { type InvitationStanding, invitationEnded, mayInviteAnew, myTalkState } from './cases.rules.ts';

const sent: InvitationStanding = {
  state: 'pending',
  delivery: 'delivered',
  triesUsedUp: false,
  helpRequested: false,
  overdue: false,
};
const standing = (change: Partial<InvitationStanding>) => ({
  joined: false,
  invitation: { ...sent, ...change },
});

describe('where a clinician’s own talk stands', () => {
  test('before anything was done', () => {
    const nothing = { joined: false, invitation: null };
    expect(myTalkState(nothing)).toBe('notInvited');
    expect(mayInviteAnew(nothing)).toBe(true);
  });

  test.each(['pending', 'opened', 'verified'] as const)('on its way: %s', (state) => {
    expect(myTalkState(standing({ state }))).toBe('invited');
    expect(mayInviteAnew(standing({ state }))).toBe(false);
    expect(invitationEnded({ ...sent, state })).toBe(false);
  });

  test.each([
    { delivery: 'bounced' },
    { delivery: 'failed' },
    { triesUsedUp: true },
    { helpRequested: true },
  ] as const)('stuck, to be mended rather than sent anew: %j', (trouble) => {
    expect(myTalkState(standing(trouble))).toBe('needsAttention');
    expect(mayInviteAnew(standing(trouble))).toBe(false);
  });

  test.each([{ state: 'expired' }, { state: 'declined' }, { state: 'reported' }, { overdue: true }] as const)(
    'ended without the clinician’s doing: %j',
    (end) => {
      expect(myTalkState(standing(end))).toBe('needsAttention');
      expect(mayInviteAnew(standing(end))).toBe(true);
    },
  );

  test('taken back by the clinician is as before, whatever had happened to the mail', () => {
    expect(myTalkState(standing({ state: 'revoked', delivery: 'bounced' }))).toBe('notInvited');
    expect(mayInviteAnew(standing({ state: 'revoked' }))).toBe(true);
  });

  test('once joined it stays so, whatever a later invitation says', () => {
    const joined = { joined: true, invitation: { ...sent, state: 'expired' as const } };
    expect(myTalkState(joined)).toBe('active');
    expect(mayInviteAnew(joined)).toBe(false);
  });
});
