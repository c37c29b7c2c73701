import { randomUUID } from 'node:crypto';
import { idempotencyHeader } from '@casetalk/contract';
import { type Attack, arranged, Tally } from './attack.ts';
import { newCase, somebody } from './clinic.ts';
import { ask, freshNetwork } from './means/wire.ts';
import type { World } from './world.ts';

const evil = 'evil.example.com';

const forgeries: readonly Record<string, string>[] = [
  { host: evil },
  { host: `${evil}:443` },
  { 'x-forwarded-host': evil },
  { 'x-forwarded-host': evil, 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
  { forwarded: `host=${evil};proto=https` },
  { 'x-host': evil, 'x-http-host-override': evil, 'x-original-host': evil },
  { 'x-forwarded-server': evil, 'x-forwarded-prefix': `//${evil}` },
  { referer: `https://${evil}/`, 'x-original-url': `https://${evil}/` },
];

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { A, P1 } = await world.clinic();
  const allowed = new Set([new URL(world.patientUrl).origin, new URL(world.clinicianUrl).origin]);
  for (const url of [world.apiUrl, world.clinicianUrl]) {
    for (const forged of forgeries) {
      await world.passAnHour();
      const { email } = somebody();
      const caseId = await newCase(A, 'Ana Ruiz');
      const invited = await ask(url, {
        method: 'POST',
        path: `/v1/cases/${caseId}/invitations`,
        headers: {
          ...A.headers(),
          ...freshNetwork(),
          'content-type': 'application/json',
          [idempotencyHeader]: randomUUID(),
          ...forged,
        },
        body: JSON.stringify({ email }),
      });
      const wasMade = invited.status === 201;
      // Refusing such a request is as good as not believing it.
      tally.held(
        !invited.text.includes(evil) && !JSON.stringify(invited.headers).includes(evil),
        'The answer repeats the forged host',
      );
      if (wasMade) {
        const mail = await world.mailroom.nextEmail({ to: email });
        check(mail, forged);
      }
      const after = (await world.mailroom.emails({ to: P1.email }))[0]?.id;
      const portalUrl = url === world.apiUrl ? url : world.patientUrl;
      const reset = await ask(portalUrl, {
        method: 'POST',
        path: '/v1/password-resets',
        headers: {
          'content-type': 'application/json',
          'casetalk-portal': 'patient',
          ...freshNetwork(),
          ...forged,
        },
        body: JSON.stringify({ email: P1.email }),
      });
      arranged(reset.status < 500, `a reset, answered with ${reset.status}`);
      if (reset.status !== 202) continue;
      check(
        await world.mailroom.nextEmail({ to: P1.email, ...(after === undefined ? {} : { after }) }),
        forged,
      );
    }
  }
  arranged(tally.tries >= forgeries.length * 4, 'mails to look at');
  return tally;

  function check(mail: { html: string | null; text: string | null; subject: string }, forged: object): void {
    const words = `${mail.html ?? ''} ${mail.text ?? ''} ${mail.subject}`;
    const origins = [...words.matchAll(/https?:\/\/[^/"'\s<>)]+/g)].map(([origin]) => origin);
    arranged(origins.length > 0, 'a mail with a link');
    const foreign = origins.filter((origin) => !allowed.has(origin));
    const isClean = foreign.length === 0 && !words.includes(evil);
    tally.held(isClean, `${JSON.stringify(forged)} led to ${foreign.join(', ')}`);
  }
}

export const t15: Attack = {
  id: 'T15',
  title: 'A forged Host poisons the link in a mail',
  run: async (world) => (await run(world)).outcome,
};
