import { createClient } from '@casetalk/client';
import { describe, test } from 'vitest';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { answerOf, invite, type OpenedCase, openCase } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { linkIn } from '../support/mail.ts';
import { lund, type Patient } from '../support/people.ts';
import { register, tokenOf } from '../support/registering.ts';
import { tellStory } from '../support/story.ts';
import { passLife } from '../support/time.ts';

/** One invented patient for each kind of link. */
const patientOf = (name: string, lastDigits: string): Patient => ({
  name,
  email: `${name.toLowerCase().replace(' ', '.')}@example.com`,
  mobile: `(415) 555-01${lastDigits}`,
  password: 'seven quiet lanterns',
});

describe('links that are scanned, too old, taken back, used, unknown, or in the wrong mailbox', () => {
  const story = tellStory();
  let patient: PatientPortal;

  async function invited(
    person: Patient,
  ): Promise<{ opened: OpenedCase; invitationId: string; link: string }> {
    const opened = await openCase(story.product, { owner: lund, patientName: person.name });
    const { id: invitationId } = await invite(opened, person);
    const link = linkIn(await story.mailroom.nextEmail({ to: person.email }));
    return { opened, invitationId, link };
  }

  test('a scanner opens the link twenty times, and it still works', async () => {
    const person = patientOf('Ruth Bergmann', '55');
    const { invitationId, link } = await invited(person);
    const scanner = createClient({ baseUrl: story.product.apiUrl, portal: 'patient' });
    const page = link.slice(0, link.indexOf('#'));
    for (let time = 0; time < 20; time += 1) {
      const seen = await Promise.all([fetch(page), fetch(page, { method: 'HEAD' })]);
      expect(seen.map(({ status }) => status)).toEqual([200, 200]);
      const { status } = await answerOf(scanner.lookUpInvitationLink({ body: { token: tokenOf(link) } }));
      expect(status).toBe('usable');
    }
    const [row] = await story.database.rows('select state, opened_at from invitations where id = $1', [
      invitationId,
    ]);
    expect(row).toEqual({ state: 'pending', opened_at: null });
    patient = await story.patient('patient');
    await patient.openLink(link);
    await patient.begin();
  });

  test('the secret is gone from the address as soon as the page has it', async () => {
    expect(patient.page.url()).not.toContain('#');
  });

  test('an expired link offers a new one, which works', async () => {
    const person = patientOf('Henry Castellan', '56');
    const { invitationId, link } = await invited(person);
    await passLife(story.database, invitationId);
    await patient.openLink(link);
    await expect(patient.heading('This invitation has expired')).toBeVisible();
    // The number is glued together by characters that do not break.
    await expect(
      patient.shown(/^Questions\? Call Cedar Hill Specialists, \(415\).555.0120\.$/),
    ).toBeVisible();
    await expect(patient.page.getByText(person.name)).toHaveCount(0);
    await checkAccess(patient.page);
    const [old] = await story.mailroom.emails({ to: person.email });
    await patient.button('Email me a new link').click();
    await expect(patient.shown(/^If this invitation can be renewed,/)).toBeVisible();
    await checkAccess(patient.page);
    const email = await story.mailroom.nextEmail({ to: person.email, ...(old && { after: old.id }) });
    await patient.openLink(linkIn(email));
    await patient.begin();
  });

  test('a link that was taken back says so', async () => {
    const { opened, invitationId, link } = await invited(patientOf('Silvia Marchetti', '57'));
    await answerOf(opened.client.revokeInvitation({ params: { invitationId } }));
    await patient.openLink(link);
    await expect(patient.heading('This invitation was withdrawn')).toBeVisible();
    await expect(patient.button('Continue')).toHaveCount(0);
    await checkAccess(patient.page);
  });

  test('a used link leads to sign in', async () => {
    const person = patientOf('Tobias Engel', '58');
    const { link } = await invited(person);
    await register(story.product, story.mailroom, link, person);
    await patient.openLink(link);
    await expect(patient.heading('This invitation was used already')).toBeVisible();
    await checkAccess(patient.page);
    await patient.page.getByRole('link', { name: 'Sign In' }).click();
    await expect(patient.heading('Sign in to your Secure Inbox')).toBeVisible();
  });

  test.each([
    ['a secret that was never given out', 'A'.repeat(43)],
    ['a link that was cut off', 'abc'],
  ])('%s is unknown, and the page tells nothing', async (_what, token) => {
    await patient.openLink(`/invitation#${token}`);
    await expect(patient.heading('We do not know this link')).toBeVisible();
    await checkAccess(patient.page);
  });

  test('“I am not this person” ends the invitation at once, and the doctor is told', async () => {
    const person = patientOf('Gloria Whitfield', '59');
    const { opened, link } = await invited(person);
    const dark = await story.patient('somebody else', { theme: 'dark', width: 375 });
    await dark.openLink(link);
    await dark.button('I am not this person').click();
    await expect(dark.page.getByRole('dialog')).toBeVisible();
    await checkAccess(dark.page);
    await dark.button('Yes, I am not this person').click();
    await expect(dark.heading('Thank you for telling us')).toBeVisible();
    await checkAccess(dark.page);

    const notice = await story.mailroom.nextEmail({ to: lund.email });
    expect(`${notice.subject} ${notice.text}`).not.toContain(person.name);
    const doctor = await story.clinician('doctor');
    await doctor.signIn(lund);
    await doctor.goToTalk(opened.id);
    await expect(doctor.shown('The invitation reached somebody else')).toBeVisible();
    await checkAccess(doctor.page);

    await patient.openLink(link);
    await expect(patient.heading('This invitation was withdrawn')).toBeVisible();
  });
});
