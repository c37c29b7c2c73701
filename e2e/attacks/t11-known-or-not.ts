import { randomUUID } from 'node:crypto';
import { idempotencyHeader } from '@casetalk/contract';
import { type Attack, arranged, Tally } from './attack.ts';
import { newCase, somebody } from './clinic.ts';
import { faceOf } from './means/face.ts';
import { median } from './means/statistics.ts';
import { spareSessions } from './means/spare-sessions.ts';
import { type Answer, ask } from './means/wire.ts';
import type { World } from './world.ts';

/** What was sent, and what belongs to this one record: the rest must be the same for everyone. */
const plain = (answer: Answer, email: string): string =>
  faceOf(answer)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'instant')
    .replaceAll(email, 'email');

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { B, P1, P2 } = await world.clinic();
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
  const rounds = world.size(200, 30);
  const faces = new Set<string>();
  const sessions = await spareSessions(world, B, 1 + Math.ceil(rounds / 20));
  for (let round = 0; round < rounds; round += 1) {
    if (round % 7 === 0) await world.passAnHour();
    const pair = [
      ['known', (round % 2 === 0 ? P1 : P2).email],
      ['unknown', somebody('Ana Ruiz').email],
    ] as const;
    for (const [kind, email] of round % 2 === 0 ? pair : pair.toReversed()) {
      const caseId = await newCase(B, 'Ana Ruiz');
      const answer = await ask(world.apiUrl, {
        method: 'POST',
        path: `/v1/cases/${caseId}/invitations`,
        headers: {
          ...sessions[Math.floor(round / 20)],
          'content-type': 'application/json',
          [idempotencyHeader]: randomUUID(),
        },
        body: JSON.stringify({ email }),
      });
      arranged(kind === 'known' || answer.status === 201, `an invitation, answered with ${answer.status}`);
      times[kind].push(answer.took);
      const face = plain(answer, email);
      faces.add(face.replace(/content-length: \d+/i, 'content-length'));
      tally.held(faces.size === 1, `The answer for a ${kind} address differs`);
    }
  }
  const gap = Math.abs(median(times.known) - median(times.unknown));
  tally.held(gap < 5, `Inviting a known address takes ${gap.toFixed(1)} ms more or less`);
  tally.note(`medians ${gap.toFixed(2)} ms apart over ${rounds} each`);
  return tally;
}

export const t11: Attack = {
  id: 'T11',
  title: 'A clinician learns by inviting whether an address has an account',
  run: async (world) => (await run(world)).outcome,
};
