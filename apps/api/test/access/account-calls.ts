import type { Client, Result } from '@casetalk/client';
import { sealUnsubscribeToken } from '../../src/modules/notifications/index.ts';
import { goodPassword } from '../support/people.ts';
import type { Calls } from './arrange.ts';
import type { World } from './world.ts';

const strange = 'A'.repeat(43);

const credential = { id: 'AAAA', rawId: 'AAAA', type: 'public-key' as const };
const noProof = {
  ...credential,
  response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
};
const noPasskey = { ...credential, response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' } };

/** What is asked about accounts, and by people who have none yet. */
export const accountCalls = {
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
  getPhoneChange: () => (client) => client.getPhoneChange(),
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
  getNoticeChoices: () => (client) => client.getNoticeChoices(),
  changeNoticeChoices: () => (client) =>
    client.changeNoticeChoices({ body: { channel: 'email', quietHours: null } }),
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
} satisfies Calls;

/** What stands at the foot of a notice to P1. */
const unsubscribeToken = ({ api, P1 }: World): string =>
  sealUnsubscribeToken(api.deps.sealer, { mails: 'notices', portal: 'patient', id: P1.id }, P1.email);

/** As a mail program does: without cookies, whoever is signed in beside it. */
async function knock(url: string, init: RequestInit): Promise<Result<unknown>> {
  const { ok, status, headers } = await fetch(url, init);
  if (ok || status === 303) return { ok: true, status, data: undefined, headers };
  return { ok: false, status, problem: { type: '', title: '', status, code: 'not-found' } };
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
