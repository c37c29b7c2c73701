import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';

const boundary = 'a-boundary-of-the-test';

/** An upload written by hand on a socket of its own, so that it may be cut, too long, or never end. */
export interface SlowUpload {
  readonly request: ClientRequest;
  /** Settles with the answer, also when it comes before everything is sent. */
  readonly answered: Promise<{ status: number; code: string | undefined }>;
  write(content: Buffer): Promise<void>;
  /** Sends the closing boundary. */
  finish(): void;
}

export function slowUpload(url: string, headers: Record<string, string>, name = 'long.zip'): SlowUpload {
  const upload = request(url, {
    method: 'POST',
    agent: new Agent({ keepAlive: true, maxSockets: 1 }),
    headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
  });
  // A server that has answered may close while bytes are still under way.
  upload.on('error', () => undefined);
  const answered = once(upload, 'response').then(async ([response]: IncomingMessage[]) => {
    let text = '';
    for await (const chunk of response ?? []) text += String(chunk);
    const { code } = (text === '' ? {} : JSON.parse(text)) as { code?: string };
    return { status: response?.statusCode ?? 0, code };
  });
  answered.catch(() => undefined);
  upload.write(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
  );
  return {
    request: upload,
    answered,
    // Told of the bytes' departure, or that they never will.
    write: (content) => new Promise((resolve) => upload.write(content, () => resolve())),
    finish: () => void upload.end(`\r\n--${boundary}--\r\n`),
  };
}
