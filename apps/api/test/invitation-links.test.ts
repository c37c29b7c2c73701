import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import {
  invitationOf,
  invite,
  linkStatus,
  manyCodes,
  newInvitee,
  ofInvitation,
  tokenIn,
  verified,
} from './support/invitee.ts';
import { addCase, addClinician, addPractice, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';
import { listen } from './support/stream.ts';

let api: TestApi;
let doctor: Someone;

beforeAll(async () => {
  api = await startApi(manyCodes);
  doctor = await addClinician(api, await addPractice(api));
});
afterAll(() => api.close());

const nextLink = async (email: string, after: string) => {
  const mail = await api.mailroom.nextEmail({ to: email, after });
  return { mail, token: tokenIn(mail) };
};

describe('the link', () => {
  test('survives whoever looks at it, and asks for nothing to be changed', async () => {
    const caseId = await addCase(doctor);
    const { token, invitation, mail } = await invite(api, doctor, caseId, newInvitee());
    for (let looks = 0; looks < 5; looks += 1) expect(await linkStatus(api, token)).toBe('usable');
    const url = /http\S+#\S+/.exec(mail.text ?? '')?.[0] ?? '';
    expect(new URL(url).origin).toBe('http://patient.example.com');
    expect(await invitationOf(doctor, invitation.id)).toMatchObject({ state: 'pending' });
  });

  test('dies when a new one is sent, and takes an open registration along', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    const { token, invitation, mail } = await invite(api, doctor, caseId, invitee);
    const browser = await verified(api, token, invitee.mobile);
    const again = answer(await doctor.client.resendInvitation(ofInvitation(invitation.id)));
    expect(again).toMatchObject({ state: 'pending', delivery: 'queued', verifiedAt: null, openedAt: null });
    expect(outcome(await browser.getRegistration())).toBe('unauthenticated');
    const next = await nextLink(invitee.email, mail.id);
    expect(next.token).not.toBe(token);
    expect(await linkStatus(api, token)).toBe('unknown');
    expect(await linkStatus(api, next.token)).toBe('usable');
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
        ...ofInvitation(invitation.id),
        body: { email: second.email, mobile: second.mobile },
      }),
    );
    expect(corrected).toMatchObject({ email: second.email, mobile: second.mobile, termsAcceptedAt: null });
    const mail = await api.mailroom.nextEmail({ to: second.email });
    const fresh = await verified(api, tokenIn(mail), second.mobile);
    expect(answer(await fresh.getRegistration()).step).toBe('terms');
    expect(await linkStatus(api, token)).toBe('unknown');
  });

  test('of an invitation that was taken back opens nothing, also in the middle of registering', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    const { token, invitation } = await invite(api, doctor, caseId, invitee);
    const browser = await verified(api, token, invitee.mobile);
    expect(answer(await doctor.client.revokeInvitation(ofInvitation(invitation.id))).state).toBe('revoked');
    const body = { version: api.termsVersion, language: 'en' as const };
    expect(outcome(await browser.acceptRegistrationTerms({ body }))).toBe('unauthenticated');
    const started = await api.browser('patient').startRegistration({ body: { token } });
    expect(started.ok ? null : started.problem).toMatchObject({
      code: 'link-unusable',
      linkStatus: 'revoked',
    });
    expect(outcome(await doctor.client.revokeInvitation(ofInvitation(invitation.id)))).toBe('state-conflict');
    expect(outcome(await doctor.client.resendInvitation(ofInvitation(invitation.id)))).toBe('state-conflict');
  });

  test('is expired from its last second on, before any sweep, and can be renewed by its holder', async () => {
    const caseId = await addCase(doctor);
    const invitee = newInvitee();
    const { token, invitation, mail } = await invite(api, doctor, caseId, invitee);
    await api.sql.query('update invitations set expires_at = now(), code_tries_used = 7 where id = $1', [
      invitation.id,
    ]);
    expect(await linkStatus(api, token)).toBe('expired');
    expect(await invitationOf(doctor, invitation.id)).toMatchObject({
      state: 'expired',
      abilities: { resend: true, correct: true, revoke: false },
    });
    answer(await api.browser('patient').renewInvitationLink({ body: { token } }));
    const next = await nextLink(invitee.email, mail.id);
    expect(await linkStatus(api, next.token)).toBe('usable');
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
    expect(await linkStatus(api, token)).toBe('usable');
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
    expect((await invitationOf(doctor, invitation.id)).state).toBe('reported');
    expect(await linkStatus(api, token)).toBe('revoked');
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
