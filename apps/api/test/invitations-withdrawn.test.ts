import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { invitationOf, invite, manyCodes, newInvitee, ofInvitation, verified } from './support/invitee.ts';
import { addCase, addClinician, addPatient, addPractice, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';

let api: TestApi;
let practice: string;
let doctor: Someone;
let colleague: Someone;

beforeAll(async () => {
  api = await startApi(manyCodes);
  practice = await addPractice(api);
  doctor = await addClinician(api, practice);
  colleague = await addClinician(api, practice);
});
afterAll(() => api.close());

const terms = () => ({ body: { version: api.termsVersion, language: 'en' as const } });
const leave = (caseId: string, clinicianId: string) =>
  doctor.client.removeCaseMember({ params: { caseId, clinicianId } });
async function shared(): Promise<string> {
  const caseId = await addCase(doctor);
  answer(await doctor.client.addCaseMember({ params: { caseId, clinicianId: colleague.id } }));
  return caseId;
}

describe('an invitation', () => {
  test('ends with its clinician’s place on the case, also in the middle of registering', async () => {
    const caseId = await shared();
    const invitee = newInvitee();
    const { token } = await invite(api, colleague, caseId, invitee);
    const browser = await verified(api, token, invitee.mobile);
    answer(await leave(caseId, colleague.id));
    expect(outcome(await browser.acceptRegistrationTerms(terms()))).toBe('unauthenticated');
    const started = await api.browser('patient').startRegistration({ body: { token } });
    expect(started.ok ? null : started.problem).toMatchObject({
      code: 'link-unusable',
      linkStatus: 'revoked',
    });
  });

  test('disappears from the portal of a patient who has an account when its clinician leaves', async () => {
    const caseId = await shared();
    const patient = await addPatient(api);
    const { email, mobile } = { email: patient.email, mobile: newInvitee().mobile };
    const { invitation } = await invite(api, colleague, caseId, { email, mobile });
    expect(answer(await patient.client.listReceivedInvitations()).data).toHaveLength(1);
    answer(await leave(caseId, colleague.id));
    expect(answer(await patient.client.listReceivedInvitations()).data).toEqual([]);
    expect(outcome(await patient.client.acceptInvitation(ofInvitation(invitation.id)))).not.toBe('ok');
  });

  test('of somebody else on the case stays when a member leaves', async () => {
    const caseId = await shared();
    const invitee = newInvitee();
    const { token } = await invite(api, doctor, caseId, invitee);
    answer(await leave(caseId, colleague.id));
    const browser = await verified(api, token, invitee.mobile);
    expect(outcome(await browser.acceptRegistrationTerms(terms()))).toBe('ok');
  });

  test('cannot be sent again or corrected in a closed case, and says so before one tries', async () => {
    const caseId = await addCase(doctor);
    const { invitation } = await invite(api, doctor, caseId, newInvitee());
    answer(
      await doctor.client.updateCase({ params: { caseId }, body: { status: 'closed' } }, { ifMatch: 1 }),
    );
    const { abilities } = await invitationOf(doctor, invitation.id);
    expect(abilities).toMatchObject({ resend: false, correct: false, revoke: true });
    expect(outcome(await doctor.client.resendInvitation(ofInvitation(invitation.id)))).toBe('state-conflict');
    const body = { email: newInvitee().email };
    expect(outcome(await doctor.client.correctInvitation({ ...ofInvitation(invitation.id), body }))).toBe(
      'state-conflict',
    );
  });

  test('that went to the wrong account shows who invites, and nothing of the case', async () => {
    const caseId = await addCase(doctor);
    const patient = await addPatient(api);
    await invite(api, doctor, caseId, { email: patient.email, mobile: newInvitee().mobile });
    const [received] = answer(await patient.client.listReceivedInvitations()).data;
    expect(Object.keys(received ?? {}).sort()).toEqual([
      'clinicianJobTitle',
      'clinicianName',
      'createdAt',
      'expiresAt',
      'id',
      'practiceName',
      'practicePhone',
    ]);
  });
});
