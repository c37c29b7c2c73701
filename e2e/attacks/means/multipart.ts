import { randomUUID } from 'node:crypto';

/** One part of a form, written as it is. */
export interface Part {
  readonly name?: string;
  /** Stands between the quotation marks of `filename` unchanged. */
  readonly fileName?: string | Buffer;
  readonly type?: string;
  readonly content: Buffer | string;
}

/** A form (RFC 7578) as an attacker writes it. */
export function formOf(...parts: readonly Part[]): { readonly type: string; readonly body: Buffer } {
  const boundary = `----${randomUUID()}`;
  const pieces: Buffer[] = [];
  const add = (...written: readonly (string | Buffer)[]): void => {
    for (const one of written) pieces.push(Buffer.from(one as string));
  };
  for (const { name = 'file', fileName, type, content } of parts) {
    add(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"`);
    if (fileName !== undefined) add('; filename="', fileName, '"');
    if (type !== undefined) add(`\r\ncontent-type: ${type}`);
    add('\r\n\r\n', content, '\r\n');
  }
  add(`--${boundary}--\r\n`);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat(pieces),
  };
}
