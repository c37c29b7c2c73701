import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import {
  invitationOf,
  invite,
  linkStatus,
  manyCodes,
  newInvitee,
  ofInvitation,
  register,
  tokenIn,
  verified,
} from './support/invitee.ts';
import {
  addCase,
  addClinician,
  addPatient,
  addPractice,
  openTalk,
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

const create = (
  by: Someone,
  caseId: string,
  body: { email: string; mobile?: string; landline?: string },
  key?: string,
) => by.client.createInvitation({ params: { caseId }, body }, key ? { idempotencyKey: key } : {});

describe('inviting', () => {
  test('is for whoever sees the case, and never for administrators', async () => {
    const caseId = await addCase(doctor);
    const manager = await addClinician(api, practice, 'caseManager');
    const administrator = await addClinician(api, practice, 'administrator');
    const stranger = await addClinician(api, await addPractice(api, 'Elm Road Dental'), 'caseManager');
    for (const outsider of [colleague, administrator, stranger]) {
      expect(outcome(await create(outsider, caseId, newInvitee()))).toBe('not-found');
      expect(outcome(await outsider.client.listMyInvitations({ params: { caseId } }))).toBe('not-found');
    }
    expect(outcome(await create(manager, caseId, newInvitee()))).toBe('ok');
  });

  test('twice leaves one waiting invitation, at once too', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    const results = await Promise.all(Array.from({ length: 6 }, () => create(doctor, caseId, invitee)));
    expect(results.map(outcome).sort()).toEqual([...Array<string>(5).fill('already-exists'), 'ok'].sort());
    expect(answer(await doctor.client.listMyInvitations({ params: { caseId } })).data).toHaveLength(1);
  });

  test('sent again with the same key is the same invitation and one mail', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    const key = crypto.randomUUID();
    const both = await Promise.all([
      create(doctor, caseId, invitee, key),
      create(doctor, caseId, invitee, key),
    ]);
    expect(new Set(both.map((result) => answer(result).id)).size).toBe(1);
    expect(outcome(await create(doctor, caseId, newInvitee(), key))).toBe('idempotency-key-reused');
    await api.mailroom.nextEmail({ to: invitee.email });
    expect(await api.mailroom.emails({ to: invitee.email })).toHaveLength(1);
  });

  test('by two clinicians makes two talks, and neither sees the other’s invitation', async () => {
    const caseId = await addCase(doctor, 'Ana Ruiz', colleague);
    const invitee = newInvitee();
    const [mine, theirs] = [
      answer(await create(doctor, caseId, invitee)),
      answer(await create(colleague, caseId, invitee)),
    ];
    expect(mine.talkId).not.toBe(theirs.talkId);
    const list = answer(await doctor.client.listMyInvitations({ params: { caseId } })).data;
    expect(list.map(({ id }) => id)).toEqual([mine.id]);
    const doors = [
      doctor.client.getInvitation(ofInvitation(theirs.id)),
      doctor.client.resendInvitation(ofInvitation(theirs.id)),
      doctor.client.correctInvitation({ ...ofInvitation(theirs.id), body: { email: 'x@example.com' } }),
      doctor.client.revokeInvitation(ofInvitation(theirs.id)),
    ];
    expect((await Promise.all(doors)).map((result) => outcome(result))).toEqual(Array(4).fill('not-found'));
  });

  test('answers the same whether or not the address has an account', async () => {
    const patient = await addPatient(api);
    const known = answer(await create(doctor, await addCase(doctor), { email: patient.email }));
    const unknown = answer(await create(doctor, await addCase(doctor), { email: newInvitee().email }));
    const own = { id: '', caseId: '', talkId: '', email: '', createdAt: '', expiresAt: '' };
    expect({ ...known, ...own }).toEqual({ ...unknown, ...own });
  });

  test('reads numbers as people write them, and refuses those that cannot get a code', async () => {
    const caseId = await addCase(doctor);
    const { email } = newInvitee();
    const refused = await create(doctor, caseId, { email, landline: '(900) 234-5678' });
    expect(refused.ok ? null : refused.problem).toMatchObject({
      code: 'phone-refused',
      errors: [{ pointer: '/landline', in: 'body' }],
    });
    const invited = answer(await create(doctor, caseId, { email, mobile: '(415) 555-0142' }));
    expect(invited.mobile).toBe('+14155550142');
  });

  test('is not possible once the patient has joined', async () => {
    const patient = await addPatient(api);
    const caseId = await addCase(doctor);
    await openTalk(doctor, caseId, patient);
    expect(outcome(await create(doctor, caseId, newInvitee()))).toBe('state-conflict');
  });

  test('stops at thirty an hour', async () => {
    const busy = await addClinician(api, practice);
    const caseId = await addCase(busy);
    await api.sql.query(
      `insert into rate_counters values ($1, floor(extract(epoch from now()) / 3600) * 3600, 29)`,
      [`invitations:hour:${busy.id}`],
    );
    const invited = answer(await create(busy, caseId, newInvitee()));
    const refused = await busy.client.resendInvitation(ofInvitation(invited.id));
    expect(refused.ok ? null : refused.problem).toMatchObject({
      code: 'too-many-requests',
      retryAfterSeconds: expect.any(Number),
    });
  });
});

describe('the mail', () => {
  test('is followed from the queue to the mailbox', async () => {
    const caseId = await addCase(doctor);
    const { invitation } = await invite(api, doctor, caseId, newInvitee());
    const delivery = () => invitationOf(doctor, invitation.id);
    await expect.poll(async () => (await delivery()).delivery).toBe('delivered');
    expect(await delivery()).toMatchObject({ sentAt: expect.any(String), deliveredAt: expect.any(String) });
  });

  test('that bounces says why, and a corrected one is delivered', async () => {
    const caseId = await addCase(doctor);
    const [typo, right] = [newInvitee(), newInvitee()];
    await api.mailroom.setSwitchesFor(typo.email, { email: { outcome: 'bounce' } });
    const { invitation } = await invite(api, doctor, caseId, typo);
    const now = () => invitationOf(doctor, invitation.id);
    await expect.poll(async () => (await now()).delivery).toBe('bounced');
    expect(await now()).toMatchObject({
      state: 'pending',
      deliveryReason: expect.stringContaining('does not exist'),
      abilities: { correct: true },
    });
    answer(
      await doctor.client.correctInvitation({ ...ofInvitation(invitation.id), body: { email: right.email } }),
    );
    await expect.poll(async () => (await now()).delivery).toBe('delivered');
    expect(await now()).toMatchObject({ bouncedAt: null, deliveryReason: null });
  });

  test('that the provider refuses for good is not tried again', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    await api.mailroom.setSwitchesFor(invitee.email, { email: { answer: 'badRequest' } });
    const invitation = answer(await create(doctor, caseId, invitee));
    const now = () => invitationOf(doctor, invitation.id);
    await expect.poll(async () => (await now()).delivery).toBe('failed');
    expect((await now()).deliveryReason).toBe('The mail service refused this address.');
  });

  test('waits while the provider is out of order, and leaves when it is back', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    await api.mailroom.setSwitchesFor(invitee.email, { email: { answer: 'serverError' } });
    const invitation = answer(await create(doctor, caseId, invitee));
    const tried = async () =>
      (
        await api.sql.query('select count(*)::int as n from deliveries where invitation_id = $1', [
          invitation.id,
        ])
      ).rows[0].n as number;
    await expect.poll(tried).toBeGreaterThan(0);
    expect((await invitationOf(doctor, invitation.id)).delivery).toBe('queued');
    await api.mailroom.setSwitchesFor(invitee.email, {});
    const mail = await api.mailroom.nextEmail({ to: invitee.email, timeoutMs: 20_000 });
    expect(await linkStatus(api, tokenIn(mail))).toBe('usable');
  });
});

describe('an invitee who needs help', () => {
  test('is heard once', async () => {
    const caseId = await addCase(doctor);
    const helped = await addClinician(api, practice, 'staff');
    await doctor.client.addCaseMember({ params: { caseId, clinicianId: helped.id } });
    const { token, invitation } = await invite(api, helped, caseId, newInvitee());
    const browser = api.browser('patient');
    answer(await browser.startRegistration({ body: { token } }));
    await Promise.all([browser.askForRegistrationHelp(), browser.askForRegistrationHelp()]);
    expect((await invitationOf(helped, invitation.id)).helpRequestedAt).not.toBeNull();
    const mail = await api.mailroom.nextEmail({ to: helped.email });
    expect(mail.subject).toBe('Someone you invited needs help');
    expect(mail.text).toContain(`/cases/${caseId}/patient-talk`);
    expect(await api.mailroom.emails({ to: helped.email })).toHaveLength(1);
  });

  test('may decline the terms, which ends the invitation', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    const { token, invitation } = await invite(api, doctor, caseId, invitee);
    const browser = await verified(api, token, invitee.mobile);
    answer(await browser.declineRegistration());
    expect((await invitationOf(doctor, invitation.id)).state).toBe('declined');
    expect(outcome(await browser.getRegistration())).toBe('unauthenticated');
    expect(outcome(await create(doctor, caseId, invitee))).toBe('ok');
  });
});

describe('a joined patient', () => {
  test('is seen reading for the first time', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    const { token, invitation } = await invite(api, doctor, caseId, invitee);
    await register(api, token, invitee.mobile);
    const patient = await signedIn(api, 'patient', invitee.email);
    const params = { talkId: invitation.talkId };
    const [message] = answer(await patient.listMessages({ params })).data;
    answer(await patient.markTalkRead({ params, body: { messageId: message?.id ?? '' } }));
    expect((await invitationOf(doctor, invitation.id)).firstReadAt).not.toBeNull();
  });
});
