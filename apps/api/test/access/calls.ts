import type { Client, Result } from '@casetalk/client';
import type { OperationId } from '@casetalk/contract';
import { sealUnsubscribeToken } from '../../src/modules/notifications/index.ts';
import { goodPassword } from '../support/people.ts';
import { previewOf } from '../support/previews.ts';
import { picture, type World } from './world.ts';

/** Calls an operation on the target that its row names. Fixtures that an act uses up are made anew for each call. */
export type Knock = (client: Client) => Promise<Result<unknown>>;
export type Arrange = (world: World) => Promise<Knock> | Knock;

/** One composer for all: its later save counts whichever version it had seen. */
const writer = '0199d0f0-0000-7000-8000-000000000001';
const strange = 'A'.repeat(43);

const credential = { id: 'AAAA', rawId: 'AAAA', type: 'public-key' as const };
const noProof = {
  ...credential,
  response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
};
const noPasskey = { ...credential, response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' } };

/** One entry for each operation; the compiler asks for the missing ones. */
export const calls: Record<OperationId, Arrange> = {
  signIn: (world) => (client) =>
    client.signIn({ body: { email: world.P1.email, password: 'not the password' } }),
  getSession: () => (client) => client.getSession(),
  renewSession: () => (client) => client.renewSession(),
  listSessions: () => (client) => client.listSessions(),
  signOut: () => (client) => client.signOut(),
  endSession: async (world) => {
    const sessionId = await world.otherSession();
    return (client) => client.endSession({ params: { sessionId } });
  },
  getSignIn: () => (client) => client.getSignIn(),
  cancelSignIn: () => (client) => client.cancelSignIn(),
  submitSignInAuthenticatorCode: () => (client) =>
    client.submitSignInAuthenticatorCode({ body: { code: '000000' } }),
  submitSignInRecoveryCode: () => (client) =>
    client.submitSignInRecoveryCode({ body: { code: '0000-0000-0000' } }),
  askForSignInPasskey: () => (client) => client.askForSignInPasskey(),
  submitSignInPasskey: () => (client) => client.submitSignInPasskey({ body: { credential: noProof } }),
  sendSignInCode: () => (client) => client.sendSignInCode({ body: { methodId: 'mobile-text' } }),
  submitSignInCode: () => (client) => client.submitSignInCode({ body: { code: '000000' } }),
  startSignInAuthenticator: () => (client) => client.startSignInAuthenticator(),
  confirmSignInAuthenticator: () => (client) =>
    client.confirmSignInAuthenticator({ body: { code: '000000' } }),
  startSignInPasskey: () => (client) => client.startSignInPasskey(),
  enrolSignInPasskey: () => (client) =>
    client.enrolSignInPasskey({ body: { name: 'Work laptop', credential: noPasskey } }),
  listSecondFactors: () => (client) => client.listSecondFactors(),
  reauthenticate: () => (client) => client.reauthenticate({ body: { password: 'not the password' } }),
  askForReauthenticationPasskey: () => (client) => client.askForReauthenticationPasskey(),
  sendReauthenticationCode: () => (client) =>
    client.sendReauthenticationCode({ body: { methodId: 'mobile-text' } }),
  startAuthenticator: () => (client) => client.startAuthenticator(),
  confirmAuthenticator: () => (client) => client.confirmAuthenticator({ body: { code: '000000' } }),
  // Nobody is fresh here who has two of them: the factors stay, for the calls that follow.
  removeAuthenticator: () => (client) => client.removeAuthenticator(),
  startPasskey: () => (client) => client.startPasskey(),
  addPasskey: () => (client) => client.addPasskey({ body: { name: 'Work laptop', credential: noPasskey } }),
  renamePasskey: async (world) => {
    const passkeyId = await world.passkeyOfA();
    return (client) => client.renamePasskey({ params: { passkeyId }, body: { name: 'Home laptop' } });
  },
  removePasskey: async (world) => {
    const passkeyId = await world.passkeyOfA();
    return (client) => client.removePasskey({ params: { passkeyId } });
  },
  renewRecoveryCodes: () => (client) => client.renewRecoveryCodes(),
  resetSecondFactors: async (world) => {
    const clinicianId = await world.addMember();
    return (client) => client.resetSecondFactors({ params: { clinicianId } });
  },
  startPhoneChange: () => (client) =>
    client.startPhoneChange({ body: { phone: '(415) 555-0177', kind: 'mobile' } }),
  sendPhoneChangeCode: () => (client) => client.sendPhoneChangeCode({ body: { methodId: 'mobile-text' } }),
  submitPhoneChangeCode: () => (client) => client.submitPhoneChangeCode({ body: { code: '000000' } }),
  requestEmailChange: () => (client) => client.requestEmailChange({ body: { email: 'new@example.com' } }),
  confirmEmailChange: () => (client) => client.confirmEmailChange({ body: { token: strange } }),
  requestPasswordReset: () => (client) =>
    client.requestPasswordReset({ body: { email: 'nobody@example.com' } }),
  startPasswordReset: () => (client) => client.startPasswordReset({ body: { token: strange } }),
  getPasswordReset: () => (client) => client.getPasswordReset(),
  sendPasswordResetCode: () => (client) =>
    client.sendPasswordResetCode({ body: { methodId: 'mobile-text' } }),
  submitPasswordResetCode: () => (client) => client.submitPasswordResetCode({ body: { code: '000000' } }),
  setNewPassword: () => (client) => client.setNewPassword({ body: { password: goodPassword } }),
  getMe: () => (client) => client.getMe(),
  updateMe: () => (client) => client.updateMe({ body: { language: 'en' } }),
  changePassword: () => (client) =>
    client.changePassword({ body: { currentPassword: goodPassword, newPassword: 'short' } }),
  checkPassword: () => (client) => client.checkPassword({ body: { password: 'short' } }),
  acceptTermsAgain: (world) => (client) =>
    client.acceptTermsAgain({ body: { version: world.api.termsVersion, language: 'en' } }),
  listClinicians: () => (client) => client.listClinicians(),
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
  lookUpInvitationLink: () => (client) => client.lookUpInvitationLink({ body: { token: strange } }),
  renewInvitationLink: () => (client) => client.renewInvitationLink({ body: { token: strange } }),
  reportInvitationLink: () => (client) => client.reportInvitationLink({ body: { token: strange } }),
  startRegistration: () => (client) => client.startRegistration({ body: { token: strange } }),
  getTerms: () => (client) => client.getTerms(),
  getRegistration: () => (client) => client.getRegistration(),
  enterRegistrationPhone: () => (client) =>
    client.enterRegistrationPhone({ body: { phone: '(415) 555-0134', kind: 'mobile' } }),
  sendRegistrationCode: () => (client) => client.sendRegistrationCode({ body: { methodId: 'mobile-text' } }),
  submitRegistrationCode: () => (client) => client.submitRegistrationCode({ body: { code: '000000' } }),
  askForRegistrationHelp: () => (client) => client.askForRegistrationHelp(),
  acceptRegistrationTerms: (world) => (client) =>
    client.acceptRegistrationTerms({ body: { version: world.api.termsVersion, language: 'en' } }),
  declineRegistration: () => (client) => client.declineRegistration(),
  setRegistrationPassword: () => (client) =>
    client.setRegistrationPassword({ body: { password: goodPassword } }),
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
  getNoticeChoices: () => (client) => client.getNoticeChoices(),
  changeNoticeChoices: () => (client) =>
    client.changeNoticeChoices({ body: { channel: 'email', quietHours: null } }),
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
  lookUpUnsubscription: (world) => {
    const token = unsubscribeToken(world);
    return (client) => client.lookUpUnsubscription({ body: { token } });
  },
  changeUnsubscription: (world) => {
    const token = unsubscribeToken(world);
    return (client) => client.changeUnsubscription({ body: { token, stopped: false } });
  },
  openUnsubscription: (world) => {
    const token = unsubscribeToken(world);
    return () => knock(`${world.api.url}/v1/unsubscriptions/${token}`, { redirect: 'manual' });
  },
  unsubscribeInOneClick: (world) => {
    const token = unsubscribeToken(world);
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    return () => knock(`${world.api.url}/v1/unsubscriptions/${token}`, { method: 'POST', body });
  },
  getPracticeSettings: () => (client) => client.getPracticeSettings(),
  changePracticeSettings: () => (client) => client.changePracticeSettings({ body: { sendsReminders: true } }),
  streamEvents: () => openStream,
  receiveSendGridEvents: () => (client) => client.receiveSendGridEvents({ body: [{ event: 'delivered' }] }),
  receiveTwilioStatus: () => (client) =>
    client.receiveTwilioStatus({
      params: { deliveryId: crypto.randomUUID() },
      body: { MessageStatus: 'sent' },
    }),
};

/** What stands at the foot of a notice to P1. */
const unsubscribeToken = ({ api, P1 }: World): string =>
  sealUnsubscribeToken(api.deps.sealer, { mails: 'notices', portal: 'patient', id: P1.id }, P1.email);

/** As a mail program does: without cookies, whoever is signed in beside it. */
async function knock(url: string, init: RequestInit): Promise<Result<unknown>> {
  const { ok, status, headers } = await fetch(url, init);
  if (ok || status === 303) return { ok: true, status, data: undefined, headers };
  return { ok: false, status, problem: { type: '', title: '', status, code: 'not-found' } };
}

function onInvitation(
  to: 'P1' | 'newcomer',
  act: (client: Client, params: { invitationId: string }) => Promise<Result<unknown>>,
): Arrange {
  return async (world) => {
    const { invitationId } = await world.invitation(to);
    return (client) => act(client, { invitationId });
  };
}

/** Open, or refused because nobody is signed in. */
function openStream(client: Client): Promise<Result<unknown>> {
  return new Promise((resolve) => {
    const stream = client.events({
      onEvent: () => undefined,
      onOpen: () => done({ ok: true, status: 200, data: undefined, headers: new Headers() }),
      onEnd: () =>
        done({
          ok: false,
          status: 401,
          problem: { type: '', title: '', status: 401, code: 'unauthenticated' },
        }),
    });
    function done(result: Result<unknown>): void {
      stream.close();
      resolve(result);
    }
  });
}
