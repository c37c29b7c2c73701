import { answerOf, openCase, signedIn } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { chen, noor, okafor, type Patient } from '../support/people.ts';
import { bitmap, note } from '../support/pictures.ts';
import { openTalk } from '../support/registering.ts';
import type { Scene } from './scene.ts';

const ana: Patient = {
  name: 'Ana Villaseñor',
  email: 'ana.villasenor@example.com',
  mobile: '(415) 555-0179',
  password: 'seven quiet lanterns',
};

/** How an invitation can stand, as its row says it; each shown in Patient Talk. */
const standings: Readonly<Record<string, string>> = {
  bounced: `delivery = 'bounced', bounced_at = now(), delivery_reason = '550 5.1.1 The mailbox does not exist'`,
  deferred: `delivery = 'deferred', bounced_at = null, delivery_reason = 'The mailbox is full'`,
  opened: `delivery = 'delivered', delivery_reason = null, delivered_at = now(), state = 'opened', opened_at = now()`,
  'code-failed': `code_failed_at = now(), code_failure = 'This number cannot receive text messages'`,
  help: `code_failed_at = null, code_failure = null, code_sent_at = now(), help_requested_at = now()`,
  'tries-used-up': `help_requested_at = null, code_tries_used = 10`,
  verified: `code_tries_used = 0, state = 'verified', verified_at = now()`,
  expired: `state = 'expired', ended_at = now(), verified_at = null, expires_at = now()`,
  revoked: `state = 'revoked'`,
  declined: `state = 'declined'`,
  reported: `state = 'reported'`,
};

const inviting: Scene = {
  name: 'inviting, and where the invitation stands',
  async walk(stage, camera) {
    const { id } = await openCase(stage.product, {
      owner: chen,
      members: [okafor, noor],
      patientName: 'Ana Beltrán',
    });
    const doctor = await stage.clinician('inviting');
    const { page } = doctor;
    await doctor.signIn(chen);
    await doctor.goToTalk(id);
    await expect(doctor.notInvited).toBeVisible();
    await camera.shoot(page, 'clinician/patient-talk-not-invited');
    await doctor.clickHere.click();
    await expect(doctor.inviteDialog).toBeVisible();
    await camera.shoot(page, 'clinician/invite');
    await doctor.inviteDialog.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(doctor.inviteDialog.getByRole('alert')).toBeVisible();
    await camera.shoot(page, 'clinician/invite-errors');
    await doctor.fillInvite({ email: 'ana.beltran@example.com', mobile: '(415) 555-0180' });
    await page.keyboard.press('Escape');
    await expect(page.getByText('Discard this invitation?')).toBeVisible();
    await camera.shoot(page, 'clinician/invite-discard');
    await page.getByRole('button', { name: 'Keep editing' }).click();
    await doctor.sendInvite('ana.beltran@example.com');
    await camera.shoot(page, 'clinician/invite-sent');
    await doctor.closeInvite();
    await expect(doctor.step('Delivered')).toBeVisible();
    await camera.shoot(page, 'clinician/standing-delivered');
    await page.getByRole('button', { name: 'Correct address' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await camera.shoot(page, 'clinician/invite-correct');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Cancel invitation' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await camera.shoot(page, 'clinician/invite-cancel');
    await page.keyboard.press('Escape');
    for (const [name, change] of Object.entries(standings)) {
      await stage.database.rows(`update invitations set ${change} where case_id = $1`, [id]);
      await doctor.goToTalk(id);
      await expect(page.getByRole('list', { name: 'Where the invitation stands' })).toBeVisible();
      await camera.shoot(page, `clinician/standing-${name}`);
    }
  },
};

const talking: Scene = {
  name: 'the patient talk, and the files that are shared from it',
  async walk(stage, camera) {
    const opened = await openCase(stage.product, {
      owner: chen,
      members: [okafor, noor],
      patientName: ana.name,
    });
    const { talkId } = await openTalk(
      stage.product,
      stage.mailroom,
      opened,
      ana,
      'Dear Ana, please send me a picture of the swelling, and tell me how the stairs go.',
    );
    const doctor = await stage.clinician('talking');
    const { page } = doctor;
    await doctor.signIn(chen);
    await doctor.goToTalk(opened.id);
    await expect(doctor.step('Registered')).toBeVisible();
    await camera.shoot(page, 'clinician/standing-registered');

    const patient = await signedIn(stage.product, 'patient', ana.email, ana.password);
    const files = [
      bitmap('image3bmp.bmp'),
      note('pain-diary.txt', 'Monday: stairs hurt. Tuesday: better. Wednesday: no pain at night.'),
    ];
    const attachmentIds: string[] = [];
    for (const { name, mimeType, buffer } of files) {
      const file = new File([new Uint8Array(buffer)], name, { type: mimeType });
      attachmentIds.push((await answerOf(patient.upload('uploadTalkFile', { params: { talkId } }, file))).id);
    }
    const { data } = await answerOf(patient.listMessages({ params: { talkId } }));
    await answerOf(patient.markTalkRead({ params: { talkId }, body: { messageId: data[0]?.id ?? '' } }));
    await answerOf(
      patient.sendMessage({
        params: { talkId },
        body: {
          text: 'Good morning doctor. Here is a picture from this morning, and what I wrote down. Going down is worse than going up.',
          attachmentIds,
        },
      }),
    );
    await expect(doctor.shareButton('pain-diary.txt')).toBeVisible();
    await camera.shoot(page, 'clinician/patient-talk');
    await doctor.shareButton('image3bmp.bmp').click();
    await expect(doctor.sharedNotice).toBeVisible();
    await camera.shoot(page, 'clinician/patient-talk-shared');
    await camera.shootAtHeight(page, 'clinician/readme', 940);
    await doctor.talk.file('image3bmp.bmp').click();
    await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
    await camera.shoot(page, 'clinician/viewer');
    await page.keyboard.press('Escape');
    await doctor.openTab('Attachments');
    await expect(doctor.attachment('image3bmp.bmp')).toBeVisible();
    await camera.shoot(page, 'clinician/attachments');
    await page
      .getByRole('radio', { name: 'Grid' })
      .or(page.getByText('Grid', { exact: true }))
      .first()
      .click();
    await camera.shoot(page, 'clinician/attachments-grid');
    await page.getByRole('button', { name: 'Stop sharing image3bmp.bmp' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await camera.shoot(page, 'clinician/attachments-stop-sharing');
    await page.keyboard.press('Escape');
  },
};

const mailroom: Scene = {
  name: 'the mailroom',
  async walk(stage, camera) {
    const { page } = await stage.clinician('mailroom');
    await page.goto(stage.product.mailroomUrl);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await camera.shoot(page, 'mailroom/page');
  },
};

export const talkScenes: readonly Scene[] = [inviting, talking, mailroom];
