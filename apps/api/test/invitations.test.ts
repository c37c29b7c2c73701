import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { invite, newInvitee, register, tokenIn, verified } from './support/invitee.ts';
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
import { listen } from './support/stream.ts';

let api: TestApi;
let practice: string;
let doctor: Someone;
let colleague: Someone;

beforeAll(async () => {
  api = await startApi({ CODES_PER_NETWORK: '1000', CODES_PER_HOUR: '1000' });
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
const of = (invitationId: string) => ({ params: { invitationId } });
const nextLink = async (email: string, after: string) => {
  const mail = await api.mailroom.nextEmail({ to: email, after });
  return { mail, token: tokenIn(mail) };
};
const statusOf = async (token: string) =>
  answer(await api.browser('patient').lookUpInvitationLink({ body: { token } })).status;

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
      doctor.client.getInvitation(of(theirs.id)),
      doctor.client.resendInvitation(of(theirs.id)),
      doctor.client.correctInvitation({ ...of(theirs.id), body: { email: 'x@example.com' } }),
      doctor.client.revokeInvitation(of(theirs.id)),
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
    const refused = await busy.client.resendInvitation(of(invited.id));
    expect(refused.ok ? null : refused.problem).toMatchObject({
      code: 'too-many-requests',
      retryAfterSeconds: expect.any(Number),
    });
  });
});

describe('the link', () => {
  test('survives whoever looks at it, and asks for nothing to be changed', async () => {
    const caseId = await addCase(doctor);
    const { token, invitation, mail } = await invite(api, doctor, caseId, newInvitee());
    for (let looks = 0; looks < 5; looks += 1) expect(await statusOf(token)).toBe('usable');
    const url = /http\S+#\S+/.exec(mail.text ?? '')?.[0] ?? '';
    expect(new URL(url).origin).toBe('http://patient.example.com');
    expect(answer(await doctor.client.getInvitation(of(invitation.id)))).toMatchObject({ state: 'pending' });
  });

  test('dies when a new one is sent, and takes an open registration along', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    const { token, invitation, mail } = await invite(api, doctor, caseId, invitee);
    const browser = await verified(api, token, invitee.mobile);
    const again = answer(await doctor.client.resendInvitation(of(invitation.id)));
    expect(again).toMatchObject({ state: 'pending', delivery: 'queued', verifiedAt: null, openedAt: null });
    expect(outcome(await browser.getRegistration())).toBe('unauthenticated');
    const next = await nextLink(invitee.email, mail.id);
    expect(next.token).not.toBe(token);
    expect(await statusOf(token)).toBe('unknown');
    expect(await statusOf(next.token)).toBe('usable');
  });

  test('that was corrected goes to the new address alone, which accepts the terms itself', async () => {
    const caseId = await addCase(doctor);
    const first = newInvitee();
    const second = newInvitee();
    const { token, invitation } = await invite(api, doctor, caseId, first);
    const browser = await verified(api, token, first.mobile);
    answer(await browser.acceptRegistrationTerms({ body: { version: api.termsVersion, language: 'en' } }));
    const corrected = answer(
      await doctor.client.correctInvitation({
        ...of(invitation.id),
        body: { email: second.email, mobile: second.mobile },
      }),
    );
    expect(corrected).toMatchObject({ email: second.email, mobile: second.mobile, termsAcceptedAt: null });
    const mail = await api.mailroom.nextEmail({ to: second.email });
    const fresh = await verified(api, tokenIn(mail), second.mobile);
    expect(answer(await fresh.getRegistration()).step).toBe('terms');
    expect(await statusOf(token)).toBe('unknown');
  });

  test('of an invitation that was taken back opens nothing, also in the middle of registering', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    const { token, invitation } = await invite(api, doctor, caseId, invitee);
    const browser = await verified(api, token, invitee.mobile);
    expect(answer(await doctor.client.revokeInvitation(of(invitation.id))).state).toBe('revoked');
    const body = { version: api.termsVersion, language: 'en' as const };
    expect(outcome(await browser.acceptRegistrationTerms({ body }))).toBe('unauthenticated');
    const started = await api.browser('patient').startRegistration({ body: { token } });
    expect(started.ok ? null : started.problem).toMatchObject({
      code: 'link-unusable',
      linkStatus: 'revoked',
    });
    expect(outcome(await doctor.client.revokeInvitation(of(invitation.id)))).toBe('state-conflict');
    expect(outcome(await doctor.client.resendInvitation(of(invitation.id)))).toBe('state-conflict');
  });

  test('is expired from its last second on, before any sweep, and can be renewed by its holder', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    const { token, invitation, mail } = await invite(api, doctor, caseId, invitee);
    await api.sql.query('update invitations set expires_at = now(), code_tries_used = 7 where id = $1', [
      invitation.id,
    ]);
    expect(await statusOf(token)).toBe('expired');
    expect(answer(await doctor.client.getInvitation(of(invitation.id)))).toMatchObject({
      state: 'expired',
      abilities: { resend: true, correct: true, revoke: false },
    });
    answer(await api.browser('patient').renewInvitationLink({ body: { token } }));
    const next = await nextLink(invitee.email, mail.id);
    expect(await statusOf(next.token)).toBe('usable');
    const { rows } = await api.sql.query('select code_tries_used from invitations where id = $1', [
      invitation.id,
    ]);
    expect(rows[0].code_tries_used).toBe(7);
  });

  test('is renewed three times a day and no more, with the same answer', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    let { token, mail } = await invite(api, doctor, caseId, invitee);
    const holder = api.browser('patient');
    for (let renewals = 0; renewals < 3; renewals += 1) {
      expect(outcome(await holder.renewInvitationLink({ body: { token } }))).toBe('ok');
      ({ token, mail } = await nextLink(invitee.email, mail.id));
    }
    expect(outcome(await holder.renewInvitationLink({ body: { token } }))).toBe('ok');
    expect(await statusOf(token)).toBe('usable');
    expect(outcome(await holder.renewInvitationLink({ body: { token: 'A'.repeat(43) } }))).toBe('ok');
  });

  test('in the wrong hands is reported, ends at once and the clinician hears of it', async () => {
    const caseId = await addCase(doctor);
    const { token, invitation } = await invite(api, doctor, caseId, newInvitee());
    const stream = await listen(doctor.client);
    const stranger = api.browser('patient');
    expect(outcome(await stranger.reportInvitationLink({ body: { token } }))).toBe('ok');
    await stream.heard(
      (event) => event.type === 'invitation.changed' && event.invitationId === invitation.id,
    );
    stream.close();
    expect(answer(await doctor.client.getInvitation(of(invitation.id))).state).toBe('reported');
    expect(await statusOf(token)).toBe('revoked');
    expect(outcome(await stranger.reportInvitationLink({ body: { token } }))).toBe('ok');
    const subjects = async () =>
      (await api.mailroom.emails({ to: doctor.email })).map(({ subject }) => subject);
    await expect.poll(subjects).toContain('An invitation reached the wrong person');
  });

  test('tells its holder nothing of the patient, the case or the clinician', async () => {
    const canary = 'Zanzibar';
    const careful = await addClinician(
      api,
      await addPractice(api, 'Plain Practice'),
      'doctor',
      `Dr ${canary}`,
    );
    const caseId = await addCase(careful, `${canary} Ruiz`);
    await api.sql.query(`update cases set title = $1, description = $1 where id = $2`, [canary, caseId]);
    const invitee = newInvitee();
    const { token, mail } = await invite(api, careful, caseId, { ...invitee, firstMessage: canary });
    const browser = api.browser('patient');
    const seen = [
      mail.subject,
      mail.html,
      mail.text,
      mail.fromName,
      answer(await browser.lookUpInvitationLink({ body: { token } })),
      answer(await browser.startRegistration({ body: { token } })),
      answer(await browser.sendRegistrationCode({ body: { methodId: 'mobile-text' } })),
      (await api.mailroom.nextText({ to: invitee.mobile })).body,
    ];
    expect(JSON.stringify(seen)).not.toContain(canary);
    expect(JSON.stringify(seen.slice(4, 7))).not.toContain(invitee.mobile.slice(-4));
    expect(mail.fromName).toBe('Plain Practice via CaseTalk');
    expect(mail.subject).toBe('Plain Practice invited you to a secure conversation');
    expect(mail.trackingSettings).toMatchObject({
      click_tracking: { enable: false },
      open_tracking: { enable: false },
    });
  });

  test('stands nowhere in the database', async () => {
    const { token } = await invite(api, doctor, await addCase(doctor), newInvitee());
    const { rows } = await api.sql.query(
      `select string_agg(t, ' ') as everything from (select i::text as t from invitations i
         union all select j::text from pgboss.job j union all select d::text from deliveries d) rows`,
    );
    expect(rows[0].everything).not.toContain(token);
  });
});

describe('the mail', () => {
  test('is followed from the queue to the mailbox', async () => {
    const caseId = await addCase(doctor);
    const { invitation } = await invite(api, doctor, caseId, newInvitee());
    const delivery = async () => answer(await doctor.client.getInvitation(of(invitation.id)));
    await expect.poll(async () => (await delivery()).delivery).toBe('delivered');
    expect(await delivery()).toMatchObject({ sentAt: expect.any(String), deliveredAt: expect.any(String) });
  });

  test('that bounces says why, and a corrected one is delivered', async () => {
    const caseId = await addCase(doctor);
    const [typo, right] = [newInvitee(), newInvitee()];
    await api.mailroom.setSwitchesFor(typo.email, { email: { outcome: 'bounce' } });
    const { invitation } = await invite(api, doctor, caseId, typo);
    const now = async () => answer(await doctor.client.getInvitation(of(invitation.id)));
    await expect.poll(async () => (await now()).delivery).toBe('bounced');
    expect(await now()).toMatchObject({
      state: 'pending',
      deliveryReason: expect.stringContaining('does not exist'),
      abilities: { correct: true },
    });
    answer(await doctor.client.correctInvitation({ ...of(invitation.id), body: { email: right.email } }));
    await expect.poll(async () => (await now()).delivery).toBe('delivered');
    expect(await now()).toMatchObject({ bouncedAt: null, deliveryReason: null });
  });

  test('that the provider refuses for good is not tried again', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    await api.mailroom.setSwitchesFor(invitee.email, { email: { answer: 'badRequest' } });
    const invitation = answer(await create(doctor, caseId, invitee));
    const now = async () => answer(await doctor.client.getInvitation(of(invitation.id)));
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
    expect(answer(await doctor.client.getInvitation(of(invitation.id))).delivery).toBe('queued');
    await api.mailroom.setSwitchesFor(invitee.email, {});
    const mail = await api.mailroom.nextEmail({ to: invitee.email, timeoutMs: 20_000 });
    expect(await statusOf(tokenIn(mail))).toBe('usable');
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
    expect(answer(await helped.client.getInvitation(of(invitation.id))).helpRequestedAt).not.toBeNull();
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
    expect(answer(await doctor.client.getInvitation(of(invitation.id))).state).toBe('declined');
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
    expect(answer(await doctor.client.getInvitation(of(invitation.id))).firstReadAt).not.toBeNull();
  });
});
