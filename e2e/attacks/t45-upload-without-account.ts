import { readdir } from 'node:fs/promises';
import { type Attack, Tally } from './attack.ts';
import { newCaller } from './means/caller.ts';
import { newPair } from './means/cast.ts';
import { filePart, openPour, uploadHeaders } from './means/pour.ts';
import { freshNetwork } from './means/wire.ts';

const step = Buffer.alloc(16 * 1024);
const mostRead = 256 * 1024;
const whole = 100 * 1000 ** 2;

/** Whoever may not upload is told so before their bytes are read, and none of them touches the disk. */
export const t45: Attack = {
  id: 'T45',
  title: 'Unauthenticated upload',
  async run({ target }) {
    const tally = new Tally();
    const { talkId, caseId, patient } = await newPair(target);
    const stranger = await newPair(target);
    const nobody = newCaller(target.apiUrl, 'patient');
    const forged = newCaller(target.apiUrl, 'patient');
    forged.cookies.set('__Host-casetalk-patient', 'A'.repeat(43));
    const callers = [
      { who: 'nobody', caller: nobody, status: 401 },
      { who: 'a made-up session', caller: forged, status: 401 },
      { who: 'another patient', caller: stranger.patient, status: 404 },
      { who: 'another clinician', caller: stranger.doctor, status: 404 },
    ];
    const files = async (): Promise<number> => (await readdir(target.filesDir, { recursive: true })).length;
    const before = await files();
    let most = 0;
    for (const path of [`/v1/talks/${talkId}/uploads`, `/v1/cases/${caseId}/attachments`]) {
      for (const { who, caller, status } of callers) {
        const boundary = `b${crypto.randomUUID()}`;
        const headers = {
          ...uploadHeaders(boundary, caller.headers()),
          ...freshNetwork(),
          'content-length': String(whole),
        };
        const vessel = openPour(target.apiUrl, path, headers);
        let answer: { status: number } | undefined;
        vessel.answered.then((one) => (answer = one)).catch(() => undefined);
        await vessel.write(filePart(boundary));
        let sent = 0;
        // Piece by piece, with time to answer in between: what is sent is what can have been read.
        while (sent < mostRead && !answer) {
          await vessel.write(step);
          sent += step.length;
          await Promise.race([vessel.answered, new Promise((resolve) => setTimeout(resolve, 50))]);
        }
        most = Math.max(most, sent);
        vessel.request.destroy();
        tally.held(
          answer?.status === status,
          `${who} on ${path}: ${answer?.status ?? 'no answer'} after ${sent} bytes`,
        );
      }
    }
    tally.held((await files()) === before, 'Refused uploads left something on the disk');
    if ((await patient.ask({ path: '/v1/me' })).status !== 200)
      throw new Error('The talk’s own patient was signed out.');
    tally.note(`refused after at most ${most / 1024} KiB of 100 MB; nothing on the disk`);
    return tally.outcome;
  },
};
