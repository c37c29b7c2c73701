import { answerOf } from '../support/clinic.ts';
import { e164 } from '../support/people.ts';
import { tokenOf } from '../support/registering.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { enterClinician, inviteByMail, picture, somebody } from './clinic.ts';
import { enter, newVisitor } from './means/actor.ts';
import { acceptTerms, codeByCall, codeByText, passCoolDown } from './means/registering-steps.ts';
import { ask, freshNetwork } from './means/wire.ts';
import type { World } from './world.ts';

/** Words that stand in one field each and nowhere else in the world. */
const canaries = {
  patientName: 'Zephyrine Quillfeather',
  title: 'Marmalade syndrome',
  description: 'Cobaltine infusion thrice weekly',
  firstMessage: 'Aubergine greeting',
  doctorTalk: 'Vermilion suspicion',
  reply: 'Saffron confession',
  fileName: 'tangerine-scan.gif',
  jobTitle: 'Periwinkle oncologist',
} as const;

const landline = '(415) 555-0158';

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const A = await enterClinician(world, 'A');
  const [kept] = await world.database.rows<{ title: string }>(
    `update clinicians c set job_title = $2 from clinicians old where c.id = $1 and old.id = c.id returning old.job_title as title`,
    [A.id, canaries.jobTitle],
  );
  try {
    await walk(world, A, tally);
  } finally {
    await world.database.rows('update clinicians set job_title = $2 where id = $1', [A.id, kept?.title]);
  }
  return tally;
}

async function walk(
  world: World,
  A: Awaited<ReturnType<typeof enterClinician>>,
  tally: Tally,
): Promise<void> {
  const patient = { ...somebody('Ana Ruiz', 57), name: canaries.patientName };
  const search = (where: string, text: string, more: readonly string[] = []): void => {
    for (const word of [...Object.values(canaries), ...more])
      tally.held(!text.includes(word), `“${word}” stands in ${where}`);
  };
  const { id: caseId } = await answerOf(
    A.client.createCase({
      body: {
        patientName: canaries.patientName,
        patientBirthDate: '1988-04-17',
        title: canaries.title,
        description: canaries.description,
      },
    }),
  );
  await answerOf(A.client.sendDoctorTalkMessage({ params: { caseId }, body: { text: canaries.doctorTalk } }));
  const { link, talkId } = await inviteByMail(
    world,
    A,
    caseId,
    { ...patient, landline },
    canaries.firstMessage,
  );
  await answerOf(
    A.client
      .upload('uploadTalkFile', { params: { talkId } }, picture(canaries.fileName))
      .then(async (uploaded) => {
        const { id } = await answerOf(Promise.resolve(uploaded));
        return A.client.sendMessage({
          params: { talkId },
          body: { text: canaries.reply, attachmentIds: [id] },
        });
      }),
  );

  // Before the code is proved, whoever holds the link may be anybody.
  const numbers = [patient.mobile, landline].flatMap((number) => [
    number,
    e164(number),
    e164(number).slice(2),
    e164(number).slice(-7),
  ]);
  const browser = newVisitor(world, 'patient');
  const { client } = browser;
  const token = tokenOf(link);
  const { origin, pathname } = new URL(link);
  const before: readonly [string, () => Promise<string>][] = [
    ['the link’s page', async () => (await ask(origin, { path: pathname, headers: freshNetwork() })).text],
    [
      'the look at the link',
      async () => JSON.stringify(await client.lookUpInvitationLink({ body: { token } })),
    ],
    ['the opened link', async () => JSON.stringify(await client.startRegistration({ body: { token } }))],
    ['the registration', async () => JSON.stringify(await client.getRegistration())],
    [
      'the code’s reply',
      async () => JSON.stringify(await client.sendRegistrationCode({ body: { methodId: 'mobile-text' } })),
    ],
    [
      'a wrong guess',
      async () => JSON.stringify(await client.submitRegistrationCode({ body: { code: '000000' } })),
    ],
    ['the call for help', async () => JSON.stringify(await client.askForRegistrationHelp())],
  ];
  for (const [where, look] of before) search(where, await look(), numbers);

  await passCoolDown(world);
  await codeByCall(world, browser, patient.mobile);
  await passCoolDown(world);
  const code = await codeByText(world, browser, patient.mobile);
  await answerOf(client.submitRegistrationCode({ body: { code } }));
  await acceptTerms(browser);
  await answerOf(client.setRegistrationPassword({ body: { password: patient.password } }));
  const P = await enter(world, 'patient', patient.email, patient.password);
  await answerOf(P.client.sendMessage({ params: { talkId }, body: { text: canaries.reply } }));
  await answerOf(A.client.sendMessage({ params: { talkId }, body: { text: canaries.reply } }));
  // Two minutes unread: both sides are told.
  await world.database.rows(
    `update talks set patient_notice_due_at = now() - interval '1 second', clinician_notice_due_at = now() - interval '1 second' where id = $1`,
    [talkId],
  );
  await answerOf(P.client.requestPasswordReset({ body: { email: patient.email } }));
  const told = async (): Promise<boolean> => {
    const [mine, hers] = await Promise.all([
      world.mailroom.emails({ to: patient.email }),
      world.mailroom.emails({ to: A.email }),
    ]);
    return mine.length >= 4 && hers.length >= 1;
  };
  for (let wait = 0; wait < world.size(300, 50) && !(await told()); wait += 1)
    await new Promise((done) => setTimeout(done, 100));

  const [mails, texts, calls] = await Promise.all([
    world.mailroom.emails(),
    world.mailroom.texts(),
    world.mailroom.calls(),
  ]);
  const mine = mails.filter(({ to }) => to === patient.email);
  arranged(mine.length >= 3 && texts.length > 0 && calls.length > 0, 'mails, texts and calls to look at');
  for (const mail of mails) search(`the mail “${mail.subject}”`, JSON.stringify(mail), numbers);
  for (const text of texts) search('a text', text.body);
  for (const call of calls) search('a call', `${call.twiml} ${call.words}`);
  tally.note(`${mails.length} mails, ${texts.length} texts and ${calls.length} calls read`);
}

export const t18: Attack = {
  id: 'T18',
  title: 'Health data in mail, text, call, or to a wrong recipient of the link',
  run: async (world) => (await run(world)).outcome,
};
