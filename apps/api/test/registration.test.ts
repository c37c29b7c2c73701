import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import {
  codeTo,
  invitationOf,
  invite,
  manyCodes,
  newInvitee,
  register,
  verified,
} from './support/invitee.ts';
import {
  addCase,
  addClinician,
  addPractice,
  goodPassword,
  signedIn,
  type Someone,
} from './support/people.ts';
import { answer, outcome } from './support/result.ts';

let api: TestApi;
let practice: string;
let doctor: Someone;
let colleague: Someone;

beforeAll(async () => {
  api = await startApi(manyCodes);
  practice = await addPractice(api);
  doctor = await addClinician(api, practice, 'doctor', 'Dr Mei Chen');
  colleague = await addClinician(api, practice, 'doctor');
});
afterAll(() => api.close());

describe('from the email to the inbox', () => {
  test('the patient finds the first message, and the clinician sees every step', async () => {
    const caseId = await addCase(doctor, 'Ana Ruiz');
    const { email, mobile } = newInvitee();
    const { invitation, token } = await invite(api, doctor, caseId, {
      email,
      mobile,
      firstMessage: 'Please send a picture of the knee.',
    });
    expect(invitation).toMatchObject({ state: 'pending', email, mobile, assurance: null });

    const browser = api.browser('patient');
    const link = answer(await browser.lookUpInvitationLink({ body: { token } }));
    expect(link).toMatchObject({ status: 'usable', practice: { name: 'Harbor Street Clinic' } });
    expect(await invitationOf(doctor, invitation.id)).toMatchObject({ state: 'pending', openedAt: null });

    const started = answer(await browser.startRegistration({ body: { token } }));
    expect(started.next).toBe('register');
    expect(started.registration).toMatchObject({
      step: 'method',
      phoneNeeded: false,
      methods: [
        { id: 'mobile-text', channel: 'text', hint: mobile.slice(-2) },
        { id: 'mobile-call', channel: 'call', hint: mobile.slice(-2) },
      ],
    });
    expect(await invitationOf(doctor, invitation.id)).toMatchObject({ state: 'opened' });

    const sent = answer(await browser.sendRegistrationCode({ body: { methodId: 'mobile-text' } }));
    expect(sent).toMatchObject({ triesLeft: 5, repeated: false, method: { id: 'mobile-text' } });
    const code = await codeTo(api, mobile);
    const atTerms = answer(await browser.submitRegistrationCode({ body: { code } }));
    expect(atTerms).toMatchObject({ step: 'terms', verification: null, methods: [] });
    const atPassword = answer(
      await browser.acceptRegistrationTerms({ body: { version: api.termsVersion, language: 'en' } }),
    );
    expect(atPassword.step).toBe('password');
    expect(answer(await browser.setRegistrationPassword({ body: { password: goodPassword } }))).toEqual({
      email,
    });

    expect(await invitationOf(doctor, invitation.id)).toMatchObject({
      state: 'accepted',
      assurance: 'clinic',
      firstReadAt: null,
      abilities: { resend: false, correct: false, revoke: false },
    });
    const patient = await signedIn(api, 'patient', email);
    const [talk] = answer(await patient.listTalks()).data;
    expect(talk).toMatchObject({
      id: invitation.talkId,
      unread: 1,
      state: 'active',
      patientName: 'Ana Ruiz',
    });
    const messages = answer(await patient.listMessages({ params: { talkId: invitation.talkId } })).data;
    expect(messages.map(({ text }) => text)).toEqual(['Please send a picture of the knee.']);
    const subjects = async () => (await api.mailroom.emails({ to: email })).map(({ subject }) => subject);
    await expect.poll(subjects).toContain('Your account is ready');
  });

  test('nobody has to write a first message: the practice’s welcome is there', async () => {
    const caseId = await addCase(doctor);
    const { email, mobile } = newInvitee();
    const { invitation, token } = await invite(api, doctor, caseId, { email, mobile, language: 'es' });
    await register(api, token, mobile);
    const patient = await signedIn(api, 'patient', email);
    const messages = answer(await patient.listMessages({ params: { talkId: invitation.talkId } })).data;
    expect(messages.map(({ text }) => text)).toEqual(['Bienvenido.']);
  });

  test('a number typed by the invitee is seen to be so', async () => {
    const caseId = await addCase(doctor);
    const { email, mobile } = newInvitee();
    const { invitation, token } = await invite(api, doctor, caseId, { email });
    const browser = api.browser('patient');
    const { registration } = answer(await browser.startRegistration({ body: { token } }));
    expect(registration).toMatchObject({ phoneNeeded: true, phoneMayChange: false, methods: [] });
    const entered = answer(await browser.enterRegistrationPhone({ body: { phone: mobile, kind: 'mobile' } }));
    expect(entered).toMatchObject({ phoneNeeded: false, phoneMayChange: true });
    answer(await browser.sendRegistrationCode({ body: { methodId: 'mobile-text' } }));
    answer(await browser.submitRegistrationCode({ body: { code: await codeTo(api, mobile) } }));
    expect(await invitationOf(doctor, invitation.id)).toMatchObject({
      state: 'verified',
      assurance: 'invitee',
    });
  });

  test('a code never proves a number that it was not sent to', async () => {
    const caseId = await addCase(doctor);
    const first = newInvitee();
    const second = newInvitee();
    const { token } = await invite(api, doctor, caseId, { email: first.email });
    const browser = api.browser('patient');
    answer(await browser.startRegistration({ body: { token } }));
    answer(await browser.enterRegistrationPhone({ body: { phone: first.mobile, kind: 'mobile' } }));
    answer(await browser.sendRegistrationCode({ body: { methodId: 'mobile-text' } }));
    const code = await codeTo(api, first.mobile);
    answer(await browser.enterRegistrationPhone({ body: { phone: second.mobile, kind: 'mobile' } }));
    expect(outcome(await browser.submitRegistrationCode({ body: { code } }))).toBe('code-wrong');
  });

  test('the invitee may not replace a number that the clinic gave', async () => {
    const caseId = await addCase(doctor);
    const { email, mobile } = newInvitee();
    const { token } = await invite(api, doctor, caseId, { email, mobile });
    const browser = api.browser('patient');
    answer(await browser.startRegistration({ body: { token } }));
    const body = { phone: newInvitee().mobile, kind: 'mobile' as const };
    expect(outcome(await browser.enterRegistrationPhone({ body }))).toBe('state-conflict');
  });

  test('a landline is only called, and the call reads the code', async () => {
    const caseId = await addCase(doctor);
    const { email, mobile: landline } = newInvitee();
    const { token } = await invite(api, doctor, caseId, { email, landline });
    const browser = api.browser('patient');
    const { registration } = answer(await browser.startRegistration({ body: { token } }));
    expect(registration?.methods.map(({ id }) => id)).toEqual(['landline-call']);
    answer(await browser.sendRegistrationCode({ body: { methodId: 'landline-call' } }));
    const call = await api.mailroom.nextCall({ to: landline });
    const digits = call.words.match(/(?:\d ){5}\d/g) ?? [];
    expect(new Set(digits).size).toBe(1);
    expect(digits).toHaveLength(3);
    const code = digits[0]?.replaceAll(' ', '') ?? '';
    expect(answer(await browser.submitRegistrationCode({ body: { code } })).step).toBe('terms');
  });
});

describe('the order of the steps', () => {
  test('cannot be skipped', async () => {
    const caseId = await addCase(doctor);
    const { email, mobile } = newInvitee();
    const { token } = await invite(api, doctor, caseId, { email, mobile });
    const browser = api.browser('patient');
    const terms = { body: { version: api.termsVersion, language: 'en' as const } };
    const password = { body: { password: goodPassword } };
    expect(outcome(await browser.acceptRegistrationTerms(terms))).toBe('unauthenticated');
    answer(await browser.startRegistration({ body: { token } }));
    expect(outcome(await browser.acceptRegistrationTerms(terms))).toBe('state-conflict');
    expect(outcome(await browser.setRegistrationPassword(password))).toBe('state-conflict');
    answer(await browser.sendRegistrationCode({ body: { methodId: 'mobile-text' } }));
    answer(await browser.submitRegistrationCode({ body: { code: await codeTo(api, mobile) } }));
    expect(outcome(await browser.setRegistrationPassword(password))).toBe('state-conflict');
    expect(outcome(await browser.sendRegistrationCode({ body: { methodId: 'mobile-text' } }))).toBe(
      'state-conflict',
    );
    const old = { body: { version: '2020-01-01', language: 'en' as const } };
    expect(outcome(await browser.acceptRegistrationTerms(old))).toBe('state-conflict');
    answer(await browser.acceptRegistrationTerms(terms));
    const weak = await browser.setRegistrationPassword({ body: { password: email } });
    expect(weak.ok ? undefined : weak.problem).toMatchObject({
      code: 'password-refused',
      unmet: expect.arrayContaining(['notPersonal']),
    });
    answer(await browser.setRegistrationPassword(password));
    expect(outcome(await browser.getRegistration())).toBe('unauthenticated');
  });

  test('is taken up in another browser, which proves the number again but is not asked the terms again', async () => {
    const caseId = await addCase(doctor);
    const { email, mobile } = newInvitee();
    const { token } = await invite(api, doctor, caseId, { email, mobile });
    const first = await verified(api, token, mobile);
    answer(await first.acceptRegistrationTerms({ body: { version: api.termsVersion, language: 'en' } }));
    const second = api.browser('patient');
    expect(answer(await second.startRegistration({ body: { token } })).registration?.step).toBe('method');
    expect(outcome(await second.setRegistrationPassword({ body: { password: goodPassword } }))).toBe(
      'state-conflict',
    );
    const again = answer(await first.startRegistration({ body: { token } }));
    expect(again.registration?.step).toBe('password');
    const third = await verified(api, token, mobile);
    expect(answer(await third.getRegistration()).step).toBe('password');
  });

  test('ends in exactly one account, however many ask for it at once', async () => {
    const caseId = await addCase(doctor);
    const { email, mobile } = newInvitee();
    const { token } = await invite(api, doctor, caseId, { email, mobile });
    const browser = await verified(api, token, mobile);
    answer(await browser.acceptRegistrationTerms({ body: { version: api.termsVersion, language: 'en' } }));
    const results = await Promise.all(
      Array.from({ length: 8 }, () => browser.setRegistrationPassword({ body: { password: goodPassword } })),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const { rows } = await api.sql.query('select count(*)::int as n from patients where email = $1', [email]);
    expect(rows[0].n).toBe(1);
  });
});

describe('an address that has an account', () => {
  test('is sent to sign in, and keeps its password and phone', async () => {
    const caseId = await addCase(doctor, 'Ana Ruiz', colleague);
    const { email, mobile } = newInvitee();
    const first = await invite(api, doctor, caseId, { email, mobile });
    await register(api, first.token, mobile);
    const before = (await api.sql.query('select * from patients where email = $1', [email])).rows[0];

    const other = newInvitee();
    const second = await invite(api, colleague, caseId, { email, mobile: other.mobile });
    const stranger = api.browser('patient');
    const started = answer(await stranger.startRegistration({ body: { token: second.token } }));
    expect(started).toEqual({ next: 'signIn', registration: null });
    expect(outcome(await stranger.getRegistration())).toBe('unauthenticated');

    const patient = await signedIn(api, 'patient', email);
    const waiting = answer(await patient.listReceivedInvitations()).data;
    expect(waiting.map(({ id }) => id)).toEqual([second.invitation.id]);
    const params = { invitationId: second.invitation.id };
    expect(answer(await patient.acceptInvitation({ params }))).toEqual({ talkId: second.invitation.talkId });
    expect(outcome(await patient.acceptInvitation({ params }))).toBe('state-conflict');
    expect(answer(await patient.listReceivedInvitations()).data).toEqual([]);
    expect(answer(await patient.listTalks()).data).toHaveLength(2);

    const after = (await api.sql.query('select * from patients where email = $1', [email])).rows[0];
    expect(after).toEqual(before);
    expect(await api.mailroom.texts({ to: other.mobile })).toEqual([]);
    expect(await invitationOf(colleague, second.invitation.id)).toMatchObject({
      state: 'accepted',
      assurance: 'invitee',
    });
  });

  test('stops whoever is signed in as somebody else', async () => {
    const one = newInvitee();
    const two = newInvitee();
    const firstCase = await addCase(doctor);
    const secondCase = await addCase(doctor);
    const mine = await invite(api, doctor, firstCase, one);
    await register(api, mine.token, one.mobile);
    const other = await invite(api, doctor, secondCase, two);
    const patient = await signedIn(api, 'patient', one.email);
    expect(outcome(await patient.startRegistration({ body: { token: other.token } }))).toBe(
      'someone-else-signed-in',
    );
    expect(await invitationOf(doctor, other.invitation.id)).toMatchObject({ state: 'pending' });
    const params = { invitationId: other.invitation.id };
    expect(outcome(await patient.acceptInvitation({ params }))).toBe('not-found');
    expect(outcome(await patient.declineInvitation({ params }))).toBe('not-found');
  });
});
