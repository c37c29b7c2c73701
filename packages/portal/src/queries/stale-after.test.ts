import { describe, expect, it } from 'vitest';
import { queryKeys } from './query-keys.ts';
import { staleAfter } from './stale-after.ts';

const ids = { talkId: 'talk', caseId: 'case' };

describe('what a live update makes stale', () => {
  it('after a message: the talk, every list with unread marks, and where the case stands', () => {
    expect(staleAfter({ type: 'talk.message', messageId: 'message', ...ids })).toEqual([
      queryKeys.talkMessages('talk'),
      queryKeys.talkDetail('talk'),
      queryKeys.talks,
      queryKeys.caseDetail('case'),
      queryKeys.caseInvitations('case'),
      queryKeys.cases,
      queryKeys.tasks,
    ]);
  });

  it('after an emergency access began or ended: who reads the talk, its notice and its record', () => {
    const stale = staleAfter({ type: 'breakGlass.changed', grantId: 'grant', ...ids });
    expect(stale).toContainEqual(queryKeys.talkDetail('talk'));
    expect(stale).toContainEqual(queryKeys.talkGrants('talk'));
    expect(stale).toContainEqual(queryKeys.accessEvents);
    expect(stale).toContainEqual(queryKeys.breakGlass);
  });

  it('never touches the files that are being uploaded', () => {
    const types = ['talk.message', 'talk.read', 'talk.changed'] as const;
    const stale = types.flatMap((type) => staleAfter({ type, messageId: 'message', ...ids }));
    expect(stale).not.toContainEqual(queryKeys.talkUploads('talk'));
    expect(stale).not.toContainEqual(queryKeys.talk('talk'));
  });

  it('after a draft of one’s own on another device: its words and its files, here or in the doctor talk', () => {
    expect(staleAfter({ type: 'draft.changed', ...ids })).toEqual([
      queryKeys.drafts,
      queryKeys.talkDraft('talk'),
      queryKeys.talkUploads('talk'),
    ]);
    expect(staleAfter({ type: 'draft.changed', talkId: null, caseId: 'case' })).toEqual([
      queryKeys.drafts,
      queryKeys.doctorTalkDraft('case'),
    ]);
  });

  it('looks at the session again when it has ended', () => {
    expect(staleAfter({ type: 'session.ended' })).toEqual([queryKeys.session]);
  });
});
