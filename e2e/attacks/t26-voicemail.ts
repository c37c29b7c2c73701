import { createHmac, randomUUID } from 'node:crypto';
import { answerOf } from '../support/clinic.ts';
import { e164 } from '../support/people.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { inviteByMail, newCase, somebody } from './clinic.ts';
import { codeByCall, codeByText, openLink, passCoolDown } from './means/registering-steps.ts';
import { readRoutes } from './means/routes.ts';
import { changedBetween, fingerprints } from './means/tables.ts';
import { comesTrue } from './means/target.ts';
import { type Answer, ask, freshNetwork } from './means/wire.ts';
import type { World } from './world.ts';

/** Twilio's own way of signing a form: https://www.twilio.com/docs/usage/webhooks/webhooks-security */
const signature = (token: string, url: string, form: Record<string, string>): string =>
  createHmac('sha1', token)
    .update(
      url +
        Object.keys(form)
          .toSorted()
          .map((name) => name + form[name])
          .join(''),
    )
    .digest('base64');

/** Words about a code, as somebody without the provider's token would send them. */
async function forgedCallbacks(world: World, invitationId: string, tally: Tally): Promise<void> {
  const deliveries = await world.database.rows<{ id: string }>(
    `select d.id from deliveries d join verifications v on v.id = d.verification_id
       join registrations r on r.id = v.registration_id where r.invitation_id = $1`,
    [invitationId],
  );
  arranged(deliveries.length > 0, 'codes whose delivery can be told of');
  const before = await fingerprints(world.ownerUrl);
  const forms: readonly Record<string, string>[] = [
    { MessageStatus: 'undelivered', ErrorCode: '30003', MessageSid: 'SM1' },
    { MessageStatus: 'failed' },
    { CallStatus: 'no-answer', CallSid: 'CA1' },
    { CallStatus: 'failed' },
    { AnsweredBy: 'machine_start', CallSid: 'CA1' },
  ];
  for (const { id } of deliveries) {
    const path = `/v1/webhooks/twilio/${id}`;
    for (const form of forms) {
      for (const given of [
        undefined,
        '',
        'AAAA',
        signature('', world.apiUrl + path, form),
        signature('guessed', world.apiUrl + path, form),
        signature('token', world.apiUrl + path, form),
      ]) {
        const answer = await ask(world.apiUrl, {
          method: 'POST',
          path,
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            ...(given === undefined ? {} : { 'x-twilio-signature': given }),
            ...freshNetwork(),
          },
          body: new URLSearchParams(form).toString(),
        });
        const refused = answer.status === 403 || answer.status === 404;
        tally.held(
          refused,
          `A callback with the signature “${given ?? 'none'}” was answered with ${answer.status}`,
        );
      }
    }
  }
  const changed = changedBetween(before, await fingerprints(world.ownerUrl));
  tally.held(changed.length === 0, `Forged callbacks changed ${changed.join(', ')}`);
}

/** Nothing that can be asked for answers a code: whatever the path, with the ids that the provider knows. */
async function askForCode(
  world: World,
  code: string,
  ids: readonly string[],
  cookie: Record<string, string>,
  tally: Tally,
) {
  const routes = (await readRoutes(world.apiUrl)).filter(({ id }) => id !== 'streamEvents');
  const paths = routes.flatMap(({ path }) => ids.map((id) => path.replaceAll(/\{\w+\}/g, id)));
  for (const path of new Set(paths)) {
    for (const headers of [{}, cookie]) {
      const answer: Answer = await ask(world.apiUrl, { path, headers: { ...headers, ...freshNetwork() } });
      const spaced = Array.from(code).join(' ');
      tally.held(
        !answer.text.includes(`"${code}"`) && !answer.text.includes(spaced),
        `${path} answers the code`,
      );
    }
  }
}

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { A } = await world.clinic();
  const patient = somebody('Ana Ruiz', 94);
  const { link, invitationId } = await inviteByMail(world, A, await newCase(A, patient.name), patient);
  const browser = await openLink(world, link);
  const code = await codeByCall(world, browser, patient.mobile);
  const to = e164(patient.mobile);
  const [call] = await world.mailroom.calls({ to });
  arranged(call !== undefined, 'a call');
  tally.held(
    call.twiml !== '' && !/<(?:Redirect|Gather[^>]*action|Play)/.test(call.twiml),
    'The words of the call are fetched from an address',
  );
  await passCoolDown(world);
  await codeByText(world, browser, patient.mobile);
  const told = async (): Promise<boolean> =>
    (await world.database.count(
      `select count(*) from deliveries d join verifications v on v.id = d.verification_id
         join registrations r on r.id = v.registration_id where r.invitation_id = $1 and d.final`,
      [invitationId],
    )) >= 2;
  await comesTrue(told, 5000);
  await forgedCallbacks(world, invitationId, tally);
  const ids = [call.id, invitationId, randomUUID()];
  await askForCode(world, code, world.fast ? ids.slice(0, 1) : ids, browser.headers(), tally);
  await voicemail(world, tally);
  return tally;
}

/** A machine that picks up keeps whatever it hears for whoever listens to it later: it must not hear the code. */
async function voicemail(world: World, tally: Tally): Promise<void> {
  const { A } = await world.clinic();
  await world.passAnHour();
  const patient = somebody('Ana Ruiz', 95);
  const to = e164(patient.mobile);
  const { link } = await inviteByMail(world, A, await newCase(A, patient.name), patient);
  const { client } = await openLink(world, link);
  await world.mailroom.setSwitchesFor(to, { call: { outcome: 'machine' } });
  try {
    await answerOf(client.sendRegistrationCode({ body: { methodId: 'mobile-call' } }));
    const call = await world.mailroom.nextCall({ to });
    const digits = /\d(?:[\s,.]+\d){5}/.test(call.words);
    tally.held(!digits, 'A machine that picked up has recorded the code');
  } finally {
    await world.mailroom.setSwitchesFor(to, {});
  }
}

export const t26: Attack = {
  id: 'T26',
  title: 'A voicemail keeps the code; a callback is forged; an address answers the code',
  run: async (world) => (await run(world)).outcome,
};
