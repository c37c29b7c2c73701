import type { Event } from '@casetalk/contract';
import type { QueryKey } from '@tanstack/react-query';
import { queryKeys } from './query-keys.ts';

/** What a live update makes stale. A key stands for everything that begins with it. */
export function staleAfter(event: Event): readonly QueryKey[] {
  switch (event.type) {
    case 'talk.message':
    case 'talk.read':
      return [
        queryKeys.talkMessages(event.talkId),
        queryKeys.talkDetail(event.talkId),
        queryKeys.talks,
        queryKeys.caseDetail(event.caseId),
        queryKeys.caseInvitations(event.caseId),
        queryKeys.cases,
        queryKeys.tasks,
      ];
    case 'talk.changed':
      return [
        queryKeys.talkMessages(event.talkId),
        queryKeys.talkDetail(event.talkId),
        queryKeys.talkArchive(event.talkId),
        queryKeys.talks,
        queryKeys.accessEvents,
        queryKeys.case(event.caseId),
        queryKeys.cases,
      ];
    case 'breakGlass.changed':
      return [
        queryKeys.talkDetail(event.talkId),
        queryKeys.talkGrants(event.talkId),
        queryKeys.talks,
        queryKeys.accessEvents,
        queryKeys.breakGlass,
        queryKeys.caseDetail(event.caseId),
      ];
    case 'invitation.changed':
      return [
        queryKeys.caseInvitations(event.caseId),
        queryKeys.caseDetail(event.caseId),
        queryKeys.cases,
        queryKeys.talks,
      ];
    case 'invitation.received':
      return [queryKeys.receivedInvitations, queryKeys.talks];
    case 'case.changed':
      return [queryKeys.case(event.caseId), queryKeys.cases];
    case 'caseAttachment.changed':
      return [
        queryKeys.caseAttachments(event.caseId),
        queryKeys.caseArchive(event.caseId),
        queryKeys.caseDetail(event.caseId),
      ];
    case 'doctorTalk.message':
    case 'doctorTalk.read':
      return [
        queryKeys.doctorTalkMessages(event.caseId),
        queryKeys.caseDetail(event.caseId),
        queryKeys.cases,
      ];
    case 'draft.changed':
      return [
        queryKeys.drafts,
        ...(event.talkId === null
          ? [queryKeys.doctorTalkDraft(event.caseId)]
          : [queryKeys.talkDraft(event.talkId), queryKeys.talkUploads(event.talkId)]),
      ];
    case 'task.changed':
      return [queryKeys.tasks];
    case 'session.ended':
      break;
  }
  return [queryKeys.session];
}
