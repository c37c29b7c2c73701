import type { Client, Result } from '@casetalk/client';
import { previewOf } from '../support/previews.ts';
import type { Arrange, Calls } from './arrange.ts';
import { picture } from './world.ts';

/** One composer for all: its later save counts whichever version it had seen. */
const writer = '0199d0f0-0000-7000-8000-000000000001';

/** What is asked about cases, their talks and files. */
export const careCalls = {
  listCases: () => (client) => client.listCases(),
  createCase: () => (client) =>
    client.createCase({
      body: { patientName: 'Gideon Marsh', patientBirthDate: '1979-12-11', title: 'Migraine' },
    }),
  getCase:
    ({ caseId }) =>
    (client) =>
      client.getCase({ params: { caseId } }),
  updateCase:
    ({ caseId }) =>
    (client) =>
      client.updateCase({ params: { caseId }, body: { title: 'Knee pain' } }, { ifMatch: 999 }),
  listCaseMembers:
    ({ caseId }) =>
    (client) =>
      client.listCaseMembers({ params: { caseId } }),
  addCaseMember:
    ({ caseId, S }) =>
    (client) =>
      client.addCaseMember({ params: { caseId, clinicianId: S.id } }),
  removeCaseMember: async (world) => {
    const clinicianId = await world.addMember();
    return (client) => client.removeCaseMember({ params: { caseId: world.caseId, clinicianId } });
  },
  createInvitation:
    ({ caseId }) =>
    (client) =>
      client.createInvitation({ params: { caseId }, body: { email: 'someone@example.com' } }),
  listMyInvitations:
    ({ caseId }) =>
    (client) =>
      client.listMyInvitations({ params: { caseId } }),
  getInvitation: onInvitation('newcomer', (client, params) => client.getInvitation({ params })),
  resendInvitation: onInvitation('newcomer', (client, params) => client.resendInvitation({ params })),
  correctInvitation: onInvitation('newcomer', (client, params) =>
    client.correctInvitation({ params, body: { language: 'es' } }),
  ),
  revokeInvitation: onInvitation('newcomer', (client, params) => client.revokeInvitation({ params })),
  listReceivedInvitations: () => (client) => client.listReceivedInvitations(),
  acceptInvitation: onInvitation('P1', (client, params) => client.acceptInvitation({ params })),
  declineInvitation: onInvitation('P1', (client, params) => client.declineInvitation({ params })),
  listTalks: () => (client) => client.listTalks(),
  getTalk:
    ({ talkId }) =>
    (client) =>
      client.getTalk({ params: { talkId } }),
  listMessages:
    ({ talkId }) =>
    (client) =>
      client.listMessages({ params: { talkId } }),
  sendMessage:
    ({ talkId }) =>
    (client) =>
      client.sendMessage({ params: { talkId }, body: { text: 'Hello' } }),
  markTalkRead:
    ({ talkId, messageId }) =>
    (client) =>
      client.markTalkRead({ params: { talkId }, body: { messageId } }),
  uploadTalkFile:
    ({ talkId }) =>
    (client) =>
      client.upload('uploadTalkFile', { params: { talkId } }, picture()),
  listTalkUploads:
    ({ talkId }) =>
    (client) =>
      client.listTalkUploads({ params: { talkId } }),
  removeTalkUpload: async (world) => {
    const attachmentId = await world.patientFile(false);
    return (client) => client.removeTalkUpload({ params: { attachmentId } });
  },
  downloadAttachment: async (world) => {
    const attachmentId = await world.patientFile(true);
    return (client) => client.download('downloadAttachment', { params: { attachmentId } });
  },
  previewAttachment: async (world) => {
    const attachmentId = await world.shownFile();
    return (client) => client.download('previewAttachment', { params: { attachmentId } });
  },
  shareAttachment: async (world) => {
    const attachmentId = await world.patientFile(true);
    return (client) => client.shareAttachment({ params: { attachmentId } });
  },
  listCaseAttachments:
    ({ caseId }) =>
    (client) =>
      client.listCaseAttachments({ params: { caseId } }),
  uploadCaseAttachment:
    ({ caseId }) =>
    (client) =>
      client.upload('uploadCaseAttachment', { params: { caseId } }, picture()),
  createTalkResumableUpload:
    ({ talkId }) =>
    (client) =>
      client.createTalkResumableUpload({ params: { talkId } }),
  createCaseResumableUpload:
    ({ caseId }) =>
    (client) =>
      client.createCaseResumableUpload({ params: { caseId } }),
  listTalkResumableUploads:
    ({ talkId }) =>
    (client) =>
      client.listTalkResumableUploads({ params: { talkId } }),
  listCaseResumableUploads:
    ({ caseId }) =>
    (client) =>
      client.listCaseResumableUploads({ params: { caseId } }),
  getResumableUpload: async (world) => {
    const resumableUploadId = await world.unfinishedUpload();
    return (client) => client.getResumableUpload({ params: { resumableUploadId } });
  },
  appendResumableUpload: async (world) => {
    const resumableUploadId = await world.unfinishedUpload();
    return (client) => client.appendToUpload(resumableUploadId, 0, picture());
  },
  removeResumableUpload: async (world) => {
    const resumableUploadId = await world.unfinishedUpload();
    return (client) => client.removeResumableUpload({ params: { resumableUploadId } });
  },
  downloadCaseAttachment: async (world) => {
    const caseAttachmentId = await world.sharedFile();
    return (client) => client.download('downloadCaseAttachment', { params: { caseAttachmentId } });
  },
  previewCaseAttachment: async (world) => {
    const caseAttachmentId = await world.sharedFile();
    await previewOf(world.api, caseAttachmentId);
    return (client) => client.download('previewCaseAttachment', { params: { caseAttachmentId } });
  },
  getTalkArchive:
    ({ talkId }) =>
    (client) =>
      client.getTalkArchive({ params: { talkId } }),
  downloadTalkArchive: async (world) => {
    await world.patientFile(true);
    const { talkId } = world;
    return (client) => client.download('downloadTalkArchive', { params: { talkId } });
  },
  getCaseArchive:
    ({ caseId }) =>
    (client) =>
      client.getCaseArchive({ params: { caseId } }),
  downloadCaseArchive: async (world) => {
    await world.sharedFile();
    const { caseId } = world;
    return (client) => client.download('downloadCaseArchive', { params: { caseId } });
  },
  removeCaseAttachment: async (world) => {
    const caseAttachmentId = await world.sharedFile();
    return (client) => client.removeCaseAttachment({ params: { caseAttachmentId } });
  },
  listTasks: () => (client) => client.listTasks(),
  finishTask: async (world) => {
    const taskId = await world.task();
    return (client) => client.finishTask({ params: { taskId } });
  },
  listTalkAccessEvents:
    ({ talkId }) =>
    (client) =>
      client.listTalkAccessEvents({ params: { talkId } }),
  listAccessEvents: () => (client) => client.listAccessEvents(),
  startBreakGlass:
    ({ caseId, A }) =>
    (client) =>
      client.startBreakGlass({
        body: { caseId, clinicianId: A.id, reason: 'The doctor is away and it cannot wait.' },
      }),
  listBreakGlassGrants: () => (client) => client.listBreakGlassGrants(),
  getBreakGlassGrant: async (world) => {
    const grantId = await world.grant();
    return (client) => client.getBreakGlassGrant({ params: { grantId } });
  },
  endBreakGlass: async (world) => {
    const grantId = await world.grant();
    return (client) => client.endBreakGlass({ params: { grantId } });
  },
  listBreakGlassMessages: async (world) => {
    const grantId = await world.grant();
    return (client) => client.listBreakGlassMessages({ params: { grantId } });
  },
  downloadBreakGlassAttachment: async (world) => {
    const params = { grantId: await world.grant(), attachmentId: await world.patientFile(true) };
    return (client) => client.download('downloadBreakGlassAttachment', { params });
  },
  previewBreakGlassAttachment: async (world) => {
    const params = { grantId: await world.grant(), attachmentId: await world.shownFile() };
    return (client) => client.download('previewBreakGlassAttachment', { params });
  },
  listTalkBreakGlassGrants:
    ({ talkId }) =>
    (client) =>
      client.listTalkBreakGlassGrants({ params: { talkId } }),
  listDoctorTalkMessages:
    ({ caseId }) =>
    (client) =>
      client.listDoctorTalkMessages({ params: { caseId } }),
  sendDoctorTalkMessage:
    ({ caseId }) =>
    (client) =>
      client.sendDoctorTalkMessage({ params: { caseId }, body: { text: 'Seen.' } }),
  markDoctorTalkRead:
    ({ caseId, doctorTalkMessageId }) =>
    (client) =>
      client.markDoctorTalkRead({ params: { caseId }, body: { messageId: doctorTalkMessageId } }),
  listDrafts: () => (client) => client.listDrafts(),
  getTalkDraft:
    ({ talkId }) =>
    (client) =>
      client.getTalkDraft({ params: { talkId } }),
  saveTalkDraft:
    ({ talkId }) =>
    (client) =>
      client.saveTalkDraft({ params: { talkId }, body: { text: 'I mean to', writer } }, { ifMatch: 0 }),
  discardTalkDraft:
    ({ talkId }) =>
    (client) =>
      client.discardTalkDraft({ params: { talkId } }),
  getDoctorTalkDraft:
    ({ caseId }) =>
    (client) =>
      client.getDoctorTalkDraft({ params: { caseId } }),
  saveDoctorTalkDraft:
    ({ caseId }) =>
    (client) =>
      client.saveDoctorTalkDraft({ params: { caseId }, body: { text: 'I mean to', writer } }, { ifMatch: 0 }),
  discardDoctorTalkDraft:
    ({ caseId }) =>
    (client) =>
      client.discardDoctorTalkDraft({ params: { caseId } }),
} satisfies Calls;

function onInvitation(
  to: 'P1' | 'newcomer',
  act: (client: Client, params: { invitationId: string }) => Promise<Result<unknown>>,
): Arrange {
  return async (world) => {
    const { invitationId } = await world.invitation(to);
    return (client) => act(client, { invitationId });
  };
}
