import { answerOf, openCase, signedIn } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { chen, noor, okafor, type Patient } from '../support/people.ts';
import { note } from '../support/pictures.ts';
import { openTalk } from '../support/registering.ts';
import type { Scene } from './scene.ts';
import { endSoon, presentSession, whileApiIs } from './scene.ts';

const maximiliana: Patient = {
  name: 'Maximiliana Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh',
  email: 'maximiliana.wolfeschlegelsteinhausenbergerdorff@example.com',
  mobile: '(415) 555-0181',
  password: 'seven quiet lanterns',
};
const longFile = note(
  'readings-of-my-blood-pressure-from-monday-to-sunday-with-remarks-by-my-daughter.txt',
  '136 over 80',
);

/** A long talk between people with long names, and what goes wrong on the way. */
const troubledTalk: Scene = {
  name: 'a long talk, long names, and trouble on the way',
  async walk(stage, camera) {
    const { product, mailroom } = stage;
    const opened = await openCase(product, {
      owner: chen,
      members: [okafor, noor],
      patientName: maximiliana.name,
      title: 'Blood pressure that stays high in the mornings although the dose was raised twice',
    });
    const { talkId } = await openTalk(product, mailroom, opened, maximiliana);
    const sender = await signedIn(product, 'patient', maximiliana.email, maximiliana.password);
    for (const [at, clinic] of [...Array(14).keys()].map((count) => [count, count % 3 === 0] as const)) {
      await answerOf(
        (clinic ? opened.client : sender).sendMessage({
          params: { talkId },
          body: { text: `Reading ${at + 1}: 13${at % 10} over 8${at % 10}, taken before breakfast.` },
        }),
      );
    }

    const patient = await stage.patient('troubled patient', { width: 375 });
    const { page } = patient;
    await patient.signIn(maximiliana);
    await page.goto(`/inbox/${talkId}`);
    await expect(patient.talk.composer).toBeVisible();
    await camera.shoot(page, 'patient/talk-long');
    await whileApiIs(page, 'silent', /\/messages\b/, async () => {
      await page.reload();
      await expect(page.getByRole('heading', { name: chen.name })).toBeVisible();
      await camera.shoot(page, 'patient/talk-loading');
    });
    await whileApiIs(page, 'away', /\/messages\b/, async () => {
      await page.reload();
      await expect(patient.button('Try again')).toBeVisible({ timeout: 30_000 });
      await camera.shoot(page, 'patient/talk-failed');
    });
    await page.reload();
    await expect(patient.talk.composer).toBeVisible();
    await whileApiIs(page, 'away', /\/messages$/, async () => {
      await patient.talk.write('And this is the last one for this week.');
      await patient.talk.send();
      await expect(patient.talk.log.getByText(/^Not sent\./)).toBeVisible({ timeout: 30_000 });
      await camera.shoot(page, 'patient/talk-not-sent');
    });
    await whileApiIs(page, 'away', /\/uploads$/, async () => {
      const choosing = page.waitForEvent('filechooser');
      await patient.talk.addFilesButton.click();
      await (await choosing).setFiles([longFile]);
      await expect(patient.button(`Try again to upload ${longFile.name}`)).toBeVisible({ timeout: 30_000 });
      await camera.shoot(page, 'patient/talk-upload-failed');
    });

    const doctor = await stage.clinician('troubled doctor');
    await doctor.signIn(chen);
    await camera.shoot(doctor.page, 'clinician/cases-long-names');
    await doctor.goToTalk(opened.id);
    await expect(doctor.talk.composer).toBeVisible();
    await camera.shoot(doctor.page, 'clinician/patient-talk-long-names');
    await doctor.page.context().setOffline(true);
    await doctor.talk.write('Thank you. Please go on with the morning dose.');
    await camera.shoot(doctor.page, 'clinician/patient-talk-offline');
    await doctor.page.context().setOffline(false);
    await whileApiIs(doctor.page, 'away', /\/messages\b/, async () => {
      await doctor.page.reload();
      await expect(doctor.page.getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 30_000 });
      await camera.shoot(doctor.page, 'clinician/patient-talk-failed');
    });
  },
};

/** What a session's end does to a clinician, and a form that was torn away. */
const interrupted: Scene = {
  name: 'a clinician is interrupted',
  async walk(stage, camera) {
    const { id } = await openCase(stage.product, { owner: chen, patientName: 'Ingrid Vasquez' });
    const doctor = await stage.clinician('interrupted');
    const { page } = doctor;
    await doctor.signIn(chen);
    await doctor.goToTalk(id);
    await doctor.clickHere.click();
    await doctor.fillInvite({ email: 'ingrid.vasquez@example.com', mobile: '(415) 555-0182' });
    await page.reload();
    await expect(doctor.inviteDialog.getByText('We kept what you filled in before.')).toBeVisible();
    await camera.shoot(page, 'clinician/invite-kept');
    await camera.shootAtHeight(page, 'clinician/invite-short-window', 480);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect(doctor.inviteDialog).toBeHidden();
    await endSoon(page);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Stay signed in' })).toBeVisible();
    await camera.shoot(page, 'clinician/session-warning');
    await page.unroute(presentSession);
    await page.goto('/cases/01930000-0000-7000-8005-00000000ffff');
    await expect(doctor.heading('Page not found')).toBeVisible();
    await camera.shoot(page, 'clinician/case-gone');
  },
};

export const troubleScenes: readonly Scene[] = [troubledTalk, interrupted];
