import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { World } from '../attacks/world.ts';
import { newPair, openCase, type Pair, say } from '../attacks/means/cast.ts';
import { forgetCaps } from '../attacks/means/codes.ts';
import { newInvitee, openInvitation, proveAndAgree } from '../attacks/means/flows.ts';
import { comesTrue } from '../attacks/means/target.ts';
import { codeOf, dataOf } from '../attacks/means/wire.ts';
import { enter } from '../attacks/means/actor.ts';
import { rememberBrowser } from '../support/known-browsers.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import type { Ground } from './ground.ts';
import { patiently } from './means/patience.ts';
import { openProxy, type Proxy } from './means/proxy.ts';
import { tryOnce, type Try } from './means/traffic.ts';
import { parcelFor, sendParcel } from './means/uploading.ts';

/** Something that a person does once, and that must have happened wholly or not at all. */
interface Act {
  readonly send: () => Promise<Try>;
  /** Looks at both ends of it. @returns undefined when it happened by halves */
  readonly happened: () => Promise<boolean | undefined>;
}

const isSuccess = ({ answer }: Try): boolean => answer !== undefined && answer.status < 300;

/** A further invitation of a patient who has an account. */
async function accepting({ doctor, patient, patientAccount: { email } }: Pair): Promise<Act> {
  const caseId = await openCase(doctor);
  const made = await doctor.send('POST', `/v1/cases/${caseId}/invitations`, { email });
  const { id, talkId } = dataOf(made) as { id: string; talkId: string };
  return {
    send: () => tryOnce(patient, { method: 'POST', path: `/v1/invitations/${id}/accept` }),
    async happened() {
      const { status } = await patient.ask({ path: `/v1/talks/${talkId}` });
      const waiting = dataOf(await patient.ask({ path: '/v1/me/invitations' })) as { data: { id: string }[] };
      const waits = waiting.data.some((one) => one.id === id);
      return (status === 200) === waits ? undefined : status === 200;
    },
  };
}

/** A file of the patient's that the clinician shares with everyone on the case. */
async function sharing({ doctor, patient, talkId, caseId }: Pair): Promise<Act> {
  const { answer } = await sendParcel(patient, parcelFor(talkId, 2000));
  arranged(answer?.status === 201, 'a file');
  const { id } = JSON.parse(answer.text) as { id: string };
  await say(patient, talkId, `Please look at ${id}.`, [id]);
  return {
    send: () => tryOnce(doctor, { method: 'POST', path: `/v1/attachments/${id}/share` }),
    async happened() {
      const page = dataOf(await doctor.ask({ path: `/v1/talks/${talkId}/messages?limit=5` })) as {
        data: { attachments: { id: string; share: { caseAttachmentId: string } | null }[] }[];
      };
      const listed = dataOf(await doctor.ask({ path: `/v1/cases/${caseId}/attachments?limit=100` })) as {
        data: { id: string }[];
      };
      const file = page.data.flatMap(({ attachments }) => attachments).find((one) => one.id === id);
      const shareId = file?.share?.caseAttachmentId;
      if (shareId === undefined) return false;
      return listed.data.filter((one) => one.id === shareId).length === 1 ? true : undefined;
    },
  };
}

/** A new patient who is about to set the password, with which the account begins. */
async function settingPassword(world: World, { doctor }: Pair): Promise<Act> {
  const invitee = newInvitee();
  const opened = await openInvitation(world, doctor, await openCase(doctor), invitee);
  const browser = patiently(opened.browser);
  await proveAndAgree(world, browser, invitee);
  const canSignIn = (): Promise<boolean> => {
    rememberBrowser(invitee.email, browser.cookies);
    return enter(world, 'patient', invitee.email, invitee.password).then(
      () => true,
      () => false,
    );
  };
  return {
    async send() {
      const tried = await tryOnce(browser, {
        method: 'PUT',
        path: '/v1/registrations/current/password',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify({ password: invitee.password }),
      });
      return tried;
    },
    async happened() {
      const registration = await browser.ask({ path: '/v1/registrations/current' });
      const has = await canSignIn();
      const goesOn = registration.status === 200 && !registration.text.includes('"registered"');
      return has || goesOn ? has : undefined;
    },
  };
}

/** Comes again as long as the product says that somebody else is at it: what the killed one held is let go of in time. */
async function sendAgain(act: Act): Promise<Try> {
  for (let round = 1; ; round += 1) {
    const tried = await act.send();
    const isBusy = tried.answer !== undefined && codeOf(tried.answer) === 'busy-try-again';
    if (!isBusy || round === 10) return tried;
    await delay(1000);
  }
}

/** A process that has only just started may say for a moment that it is too busy. */
const isCalm = ({ apiUrl }: World): Promise<boolean> =>
  comesTrue(async () => {
    const answer = await fetch(`${apiUrl}/v1/terms`);
    await answer.body?.cancel();
    return answer.ok;
  }, 15_000);

/** Kills the API after each statement of an act in turn. @returns how many kills that were */
async function killAtEach(
  { ground, world, proxy, findings }: { ground: Ground; world: World; proxy: Proxy; findings: Findings },
  name: string,
  prepare: () => Promise<Act>,
): Promise<number> {
  for (let nth = 1; nth < 40; nth += ground.size(1, 3)) {
    await forgetCaps(world);
    const act = await prepare();
    let killing: Promise<void> | undefined;
    const stop = proxy.atAnswer(nth, () => {
      killing = ground.crash(world, 'api');
    });
    const first = await act.send();
    stop();
    if (!killing) {
      findings.holds(isSuccess(first), `${name} without a kill is answered with ${first.answer?.status}`);
      return nth - 1;
    }
    await killing;
    await isCalm(world);
    const happened = await act.happened();
    findings.holds(happened !== undefined, `${name}, killed after statement ${nth}: it happened by halves`);
    if (happened) continue;
    findings.holds(
      !isSuccess(first),
      `${name}, killed after statement ${nth}: acknowledged, and it had not happened`,
    );
    const again = await sendAgain(act);
    findings.holds(
      isSuccess(again),
      `${name}, killed after statement ${nth}: again it is answered with ${again.answer?.status} ${again.answer && codeOf(again.answer)}`,
    );
    findings.holds(
      (await act.happened()) === true,
      `${name}, killed after statement ${nth}: it does not happen any more`,
    );
  }
  return 40;
}

/** The API is killed after each single statement of an acceptance, a sharing and the setting of a password. */
export const killedAtEachStatement: Fault = {
  id: 'F16',
  title: 'The API is killed at each statement of accepting, sharing, registering',
  async run(ground) {
    const findings = new Findings();
    const { adminUrl, template } = await ground.server();
    const proxy = await openProxy(Number(new URL(adminUrl).port));
    ground.undoAfterwards(proxy.close);
    const world = await ground.further({ database: { adminUrl: proxy.through(adminUrl), template } });
    const pair = await newPair(world);
    patiently(pair.doctor);
    patiently(pair.patient);
    const means = { ground, world, proxy, findings };
    const kills = {
      accepting: await killAtEach(means, 'accepting', () => accepting(pair)),
      sharing: await killAtEach(means, 'sharing', () => sharing(pair)),
      registering: await killAtEach(means, 'registering', () => settingPassword(world, pair)),
    };
    for (const [name, statements] of Object.entries(kills)) arranged(statements > 0, `a kill while ${name}`);
    findings.note(
      Object.entries(kills)
        .map(([name, statements]) => `${name}: ${statements} statements`)
        .join(', '),
    );
    return findings.outcome;
  },
};
