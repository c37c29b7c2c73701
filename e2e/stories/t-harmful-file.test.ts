import type { Client } from '@casetalk/client';
import { testServer } from '@casetalk/local-stack';
import { afterAll, describe, test } from 'vitest';
import type { ClinicianPortal } from '../pages/clinician-portal.ts';
import type { PatientPortal } from '../pages/patient-portal.ts';
import { checkAccess } from '../support/axe.ts';
import { answerOf, type OpenedCase, openCase, signedIn } from '../support/clinic.ts';
import { expect } from '../support/expect.ts';
import { chen, type Patient } from '../support/people.ts';
import { note } from '../support/pictures.ts';
import { type Product, startProduct } from '../support/product.ts';
import { openTalk } from '../support/registering.ts';
import { harmfulFile, startScanner, type Scanner } from '../support/scanner.ts';
import { tellStory } from '../support/story.ts';

const harmful = harmfulFile('readings.txt');
const harmless = note('diary.txt', 'Slept well, walked to the river.');
const second = harmfulFile('week-two.txt');

const words = {
  en: {
    checking: 'Checking for viruses',
    blocked: 'Blocked: this file contains a virus. Nobody can open or download it.',
    notSent: 'The selected file contains a virus. It was blocked and cannot be sent.',
    remove: 'Remove the file that contains a virus',
  },
  es: {
    checking: 'Buscando virus',
    blocked: 'Bloqueado: este archivo contiene un virus. Nadie puede abrirlo ni descargarlo.',
    notSent: 'El archivo elegido contiene un virus. Se bloqueó y no se puede enviar.',
    remove: 'Quite el archivo que contiene un virus',
  },
} as const;

/** A product of its own, which has its files looked at. */
let scanner: Scanner;
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.toReversed()) await close();
});
let opening: Promise<Product> | undefined;
const scanningProduct = (): Promise<Product> => {
  opening ??= (async () => {
    scanner = await startScanner();
    closing.push(() => scanner.close());
    const { stack, product } = await startProduct({
      database: testServer(),
      env: { CLAMD_ADDRESS: scanner.address },
    });
    closing.push(stack.stop);
    return product;
  })();
  return opening;
};

describe.each([
  { language: 'en', name: 'Marcus Feld', phone: '83', device: {} },
  { language: 'es', name: 'Lucia Robles', phone: '84', device: { theme: 'dark', language: 'es-US' } },
] as const)('a harmful file reaches nobody, and the talk goes on ($language)', (told) => {
  const story = tellStory(scanningProduct);
  const said = words[told.language];
  const person: Patient = {
    name: told.name,
    email: `${told.name.toLowerCase().replace(' ', '.')}@example.com`,
    mobile: `(415) 555-01${told.phone}`,
    password: 'seven quiet lanterns',
  };
  let opened: OpenedCase;
  let talkId: string;
  let doctor: ClinicianPortal;
  let patient: PatientPortal;
  /** Acts for the patient beside the portal. */
  let sender: Client;
  let loads = 0;

  test('doctor and patient talk', async () => {
    opened = await openCase(story.product, { owner: chen, patientName: person.name });
    ({ talkId } = await openTalk(story.product, story.mailroom, opened, person));
    sender = await signedIn(story.product, 'patient', person.email, person.password);
    await answerOf(sender.updateMe({ body: { language: told.language } }));
    doctor = await story.clinician('doctor');
    await doctor.signIn(chen);
    await doctor.goToTalk(opened.id);
    patient = await story.patient('patient', { width: 375, ...told.device });
    await patient.signIn(person);
    await patient.openInbox();
    await patient.openConversation(chen.name);
    await expect(doctor.talk.composer).toBeVisible();
    for (const { page } of [doctor, patient]) page.on('load', () => (loads += 1));
  });

  test('what is sent while the scanner is at it says so on both sides, and cannot be opened or shared', async () => {
    scanner.hold();
    await patient.talk.addFiles([harmful]);
    await patient.talk.write('These are my readings.');
    await patient.talk.send();
    await expect(patient.talk.message('These are my readings.')).toBeVisible();
    await expect(patient.talk.log.getByText(said.checking)).toBeVisible();
    await expect(doctor.talk.log.getByText(words.en.checking)).toBeVisible();
    await expect(doctor.shown('Available after the virus check')).toBeVisible();
    await expect(doctor.shareButton(harmful.name)).toHaveCount(0);
    for (const { talk, page } of [doctor, patient]) {
      await expect(talk.file(harmful.name)).toHaveCount(0);
      await expect(talk.downloadOf(harmful.name)).toHaveCount(0);
      await checkAccess(page);
    }
  });

  test('found harmful, it is blocked on both sides without a reload', async () => {
    scanner.goOn();
    await expect(patient.talk.log.getByText(said.blocked)).toBeVisible();
    await expect(doctor.talk.log.getByText(words.en.blocked)).toBeVisible();
    for (const { talk, page } of [doctor, patient]) {
      await expect(talk.file(harmful.name)).toHaveCount(0);
      await expect(talk.downloadOf(harmful.name)).toHaveCount(0);
      await checkAccess(page);
    }
    await expect(doctor.shareButton(harmful.name)).toHaveCount(0);
    expect(loads).toBe(0);
  });

  test('nobody gets its bytes or shares it by asking the service either', async () => {
    const { data } = await answerOf(opened.client.listMessages({ params: { talkId } }));
    const file = data.flatMap(({ attachments }) => attachments).find(({ name }) => name === harmful.name);
    if (!file) throw new Error('The file is not in the talk.');
    const params = { attachmentId: file.id };
    for (const client of [opened.client, sender]) {
      const got = await client.download('downloadAttachment', { params });
      expect(got.ok ? 'its bytes' : got.problem.code).toBe('not-found');
    }
    const shared = await opened.client.shareAttachment({ params });
    expect(shared.ok ? 'shared' : shared.problem.code).toBe('not-found');
  });

  test('one that is found harmful before it is sent stays behind, and says what to do', async () => {
    await patient.talk.chooseFiles([second]);
    await expect(patient.talk.waitingFile(second.name)).toContainText(said.notSent);
    await patient.talk.write('And this is the second week.');
    await patient.talk.send();
    await expect(patient.shown(said.remove)).toBeVisible();
    await checkAccess(patient.page);
    await patient.talk.removeFile(second.name);
    await patient.talk.send();
    await expect(patient.talk.message('And this is the second week.')).toBeVisible();
    await expect(doctor.talk.message('And this is the second week.')).toBeVisible();
  });

  test('the talk goes on: an answer, and a file that is fine and may be shared', async () => {
    await doctor.talk.say('Your file had a virus. Please send the readings in a message.');
    await expect(patient.talk.message(/^Your file had a virus\./)).toBeVisible();
    await patient.talk.addFiles([harmless]);
    await patient.talk.send();
    await expect(doctor.shareButton(harmless.name)).toBeVisible();
    await doctor.shareButton(harmless.name).click();
    await expect(doctor.sharedNotice).toBeVisible();
    await expect(patient.talk.downloadOf(harmless.name)).toBeVisible();
    await checkAccess(patient.page);
    expect(loads).toBe(0);
  });
});
