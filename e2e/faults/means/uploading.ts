import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { idempotencyHeader } from '@casetalk/contract';
import type { Caller } from '../../attacks/means/caller.ts';
import { formOf } from '../../attacks/means/multipart.ts';
import { openPour } from '../../attacks/means/pour.ts';
import { type Try, tryOnce } from './traffic.ts';

/** A file on its way into a talk, under one key however often it is sent. */
export interface Parcel {
  readonly talkId: string;
  readonly key: string;
  readonly content: Buffer;
  readonly form: ReturnType<typeof formOf>;
}

/** A text file of random bytes that no other is like. @param bytes how long it is */
export function parcelFor(talkId: string, bytes: number): Parcel {
  const content = Buffer.from(randomBytes(Math.ceil(bytes / 2)).toString('hex'));
  const form = formOf({ fileName: `notes-${randomUUID()}.txt`, type: 'text/plain', content });
  return { talkId, key: randomUUID(), content, form };
}

const pathOf = ({ talkId }: Parcel): string => `/v1/talks/${talkId}/uploads`;
const headersOf = ({ key, form }: Parcel): Record<string, string> => ({
  'content-type': form.type,
  [idempotencyHeader]: key,
});

/** Sends the whole file at once. */
export const sendParcel = (caller: Caller, parcel: Parcel): Promise<Try> =>
  tryOnce(caller, {
    method: 'POST',
    path: pathOf(parcel),
    headers: headersOf(parcel),
    body: parcel.form.body,
  });

/** What a slow connection brings: the file in pieces. @returns the file's id once it is acknowledged, undefined when it was cut */
export async function pourParcel(
  apiUrl: string,
  caller: Caller,
  parcel: Parcel,
  pause: number,
): Promise<string | undefined> {
  const vessel = openPour(apiUrl, pathOf(parcel), { ...caller.headers(), ...headersOf(parcel) });
  const { body } = parcel.form;
  const piece = 64 * 1024;
  for (let from = 0; from < body.length; from += piece) {
    if (!(await vessel.write(body.subarray(from, from + piece)))) break;
    if (pause > 0) await delay(pause);
  }
  vessel.request.end();
  const answer = await vessel.answered;
  vessel.request.destroy();
  return answer?.status === 201 ? (JSON.parse(answer.text) as { id: string }).id : undefined;
}
