import { randomUUID } from 'node:crypto';
import { type Attack, Tally } from './attack.ts';
import type { TalkRecords } from './clinic.ts';
import type { Actor } from './means/actor.ts';
import { faceOf } from './means/face.ts';
import { changedBetween, fingerprints, settledFingerprints } from './means/tables.ts';

const filesOf = ({ sentFile, sharedFile, clinicianFile, unsentFile }: TalkRecords): string[] => [
  sentFile,
  sharedFile,
  clinicianFile,
  unsentFile,
];

export const t4: Attack = {
  id: 'T4',
  title: 'A message cites a file of another talk, or of the other side',
  async run(world) {
    const tally = new Tally();
    const { A, B, X, P1, P2, AP1, BP1, XP2 } = await world.clinic();
    const seats: readonly [Actor, TalkRecords][] = [
      [A, AP1],
      [P1, AP1],
      [B, BP1],
      [P1, BP1],
      [X, XP2],
      [P2, XP2],
    ];
    const before = await settledFingerprints(world.ownerUrl);
    const cite = (actor: Actor, { talkId }: TalkRecords, attachmentIds: readonly string[]) =>
      actor.send('POST', `/v1/talks/${talkId}/messages`, { text: 'See this.', attachmentIds });
    for (const [actor, talk] of seats) {
      const closed = faceOf(await cite(actor, talk, [randomUUID()]));
      for (const records of [AP1, BP1, XP2]) {
        for (const id of filesOf(records)) {
          // A patient's own file that waits in this talk is the one that may be sent.
          if (records === talk && id === talk.unsentFile && actor.portal === 'patient') continue;
          const answer = await cite(actor, talk, [id]);
          tally.held(faceOf(answer) === closed, `${actor.email} cited ${id}: ${answer.status}`);
        }
        if (records === talk || actor.portal === 'clinician') continue;
        // Beside a file that may be sent, the other one must not slip through.
        const answer = await cite(actor, talk, [talk.unsentFile, records.unsentFile]);
        tally.held(answer.status >= 400, `${actor.email} sent a foreign file beside an own one`);
      }
    }
    const share = (actor: Actor, id: string) => actor.send('POST', `/v1/attachments/${id}/share`);
    for (const [actor, mine] of [
      [A, AP1],
      [B, BP1],
      [X, XP2],
    ] as const) {
      const closed = faceOf(await share(actor, randomUUID()));
      for (const records of [AP1, BP1, XP2]) {
        if (records === mine) continue;
        for (const id of filesOf(records))
          tally.held(faceOf(await share(actor, id)) === closed, `${actor.email} shared ${id}`);
      }
    }
    const changed = changedBetween(before, await fingerprints(world.ownerUrl));
    tally.held(changed.length === 0, `Rows were written in ${changed.join(', ')}`);
    return tally.outcome;
  },
};
