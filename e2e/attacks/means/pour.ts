import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';

/** What came of a body that was sent piece by piece. */
export interface Poured {
  /** Zero when the connection was cut without an answer. */
  readonly status: number;
  readonly text: string;
  /** Bytes that had been handed over when the answer came. */
  readonly sent: number;
}

export interface Vessel {
  readonly request: ClientRequest;
  /** Settles with the answer, also when it comes before everything is sent; undefined when the connection was cut. */
  readonly answered: Promise<{ readonly status: number; readonly text: string } | undefined>;
  /** Told of the bytes' departure. @returns false once nothing can be sent any more */
  write(chunk: Buffer): Promise<boolean>;
}

/** Opens a request of its own connection whose body is written by hand. */
export function openPour(url: string, path: string, headers: Readonly<Record<string, string>>): Vessel {
  const outgoing = request(`${url}${path}`, {
    method: 'POST',
    headers,
    agent: new Agent({ keepAlive: false }),
  });
  const gone = new Promise<undefined>((resolve) => {
    outgoing.on('error', () => resolve(undefined));
    outgoing.on('close', () => resolve(undefined));
  });
  const answered = Promise.race([
    once(outgoing, 'response').then(
      async ([response]: IncomingMessage[]) => {
        let text = '';
        if (response) {
          response.on('error', () => undefined);
          for await (const chunk of response) text += String(chunk);
        }
        return { status: response?.statusCode ?? 0, text };
      },
      () => undefined,
    ),
    // The answer may have come though the connection has closed meanwhile.
    gone.then(() => new Promise<undefined>((resolve) => setTimeout(resolve, 200, undefined))),
  ]);
  answered.catch(() => undefined);
  return {
    request: outgoing,
    answered,
    async write(chunk) {
      if (outgoing.destroyed) return false;
      if (!outgoing.write(chunk)) await Promise.race([once(outgoing, 'drain').catch(() => undefined), gone]);
      return !outgoing.destroyed;
    },
  };
}

/** Pours chunks until they end, or until the server has answered or cut the connection. */
export async function pour(
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  chunks: Iterable<Buffer>,
): Promise<Poured> {
  const vessel = openPour(url, path, headers);
  let isOver = false;
  let sent = 0;
  let sentUntil = 0;
  const answered = vessel.answered.then((answer) => {
    isOver = true;
    sentUntil = sent;
    return answer;
  });
  for (const chunk of chunks) {
    if (isOver || !(await vessel.write(chunk))) break;
    sent += chunk.length;
  }
  if (!isOver) vessel.request.end();
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, 60_000, undefined).unref());
  const answer = await Promise.race([answered, late]);
  vessel.request.destroy();
  return { status: answer?.status ?? 0, text: answer?.text ?? '', sent: sentUntil || sent };
}

/** A chunk said over and over until so many bytes are reached. */
export function* repeated(chunk: Buffer, bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= chunk.length)
    yield left >= chunk.length ? chunk : chunk.subarray(0, left);
}

/** The beginning of a form's part that holds a file. */
export const filePart = (boundary: string, name = 'long.zip'): Buffer =>
  Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/zip\r\n\r\n`,
  );

/** The headers of an upload written by hand. */
export const uploadHeaders = (
  boundary: string,
  credentials: Readonly<Record<string, string>>,
): Record<string, string> => ({
  ...credentials,
  'content-type': `multipart/form-data; boundary=${boundary}`,
  'idempotency-key': crypto.randomUUID(),
});
