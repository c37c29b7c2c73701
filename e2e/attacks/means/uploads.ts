import { type Answer, codeOf } from './wire.ts';
import { type Caller, upload } from './caller.ts';
import { newPair, type Pair } from './cast.ts';
import type { Target } from './target.ts';

export interface Uploaded {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
}

/** What came of one upload; the file is undefined where it was refused. */
export interface Attempt {
  readonly answer: Answer;
  readonly code: string;
  readonly file: Uploaded | undefined;
}

/** A talk to upload into. Sessions are changed as often as a person's pace in a minute asks for. */
export interface Uploader {
  readonly pair: Pair;
  try(name: string | Buffer, content: Buffer | string, type?: string): Promise<Attempt>;
  /** The file's bytes, as its uploader downloads them. */
  download(file: Uploaded): Promise<Answer>;
  /** Twenty may wait to be sent, so that each goes when it was looked at. */
  remove(file: Uploaded): Promise<void>;
}

const perSession = 100;

export async function newUploader(target: Target): Promise<Uploader> {
  let pair = await newPair(target);
  let used = 0;
  const talk = async (): Promise<{ readonly patient: Caller; readonly path: string }> => {
    used += 1;
    if (used > perSession) {
      pair = await newPair(target);
      used = 1;
    }
    return { patient: pair.patient, path: `/v1/talks/${pair.talkId}/uploads` };
  };
  return {
    get pair() {
      return pair;
    },
    async try(name, content, type) {
      const { patient, path } = await talk();
      const answer = await upload(patient, path, { name, content, ...(type === undefined ? {} : { type }) });
      const file = answer.status === 201 ? (JSON.parse(answer.text) as Uploaded) : undefined;
      return { answer, code: codeOf(answer), file };
    },
    download: ({ id }) => pair.patient.ask({ path: `/v1/attachments/${id}/content` }),
    async remove({ id }) {
      await pair.patient.send('DELETE', `/v1/attachments/${id}`);
    },
  };
}
