import { Agent, type IncomingHttpHeaders, request } from 'node:http';

/** A request as an attacker writes it: nothing is added but a length. */
export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly bytes: Buffer;
  readonly text: string;
  /** Milliseconds until the last byte. */
  readonly took: number;
}

const connections = new Agent({ keepAlive: true, maxSockets: 64, scheduling: 'fifo', timeout: 30_000 });

/**
 * Sends one request and reads the whole answer.
 * @param url where the server answers, without a path
 * @param agent for a pool of connections of its own
 * @throws when the connection breaks
 */
export function ask(
  url: string,
  { method = 'GET', path, headers = {}, body }: Ask,
  agent = connections,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const sent = performance.now();
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: hostname === 'localhost' ? '127.0.0.1' : hostname,
        port,
        path,
        method,
        agent,
        headers: { host: `${hostname}:${port}`, ...length, ...headers } as Record<string, string>,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(parts);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            rawHeaders: response.rawHeaders,
            bytes,
            text: bytes.toString(),
            took: performance.now() - sent,
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The problem's code of a refusal; empty when the answer is none. */
export function codeOf({ text }: Pick<Answer, 'text'>): string {
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    return typeof code === 'string' ? code : '';
  } catch {
    return '';
  }
}

/** The answer's JSON. @throws when it is none, or no success */
export function dataOf({ status, text }: Answer): unknown {
  if (status < 200 || status > 299) throw new Error(`Refused with ${status}: ${text.slice(0, 300)}`);
  return text === '' ? undefined : JSON.parse(text);
}

let networks = 0;

/** A network of its own for a request, as the web server in front would name it: limits by network stay out of the way. */
export function freshNetwork(): Record<string, string> {
  networks += 1;
  return {
    'x-forwarded-for': `198.${18 + ((networks >> 16) & 1)}.${(networks >> 8) & 255}.${networks & 255}`,
  };
}
