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
  const pieces = parts.flatMap(({ name = 'file', fileName, type, content }) => [
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"`),
    ...(fileName === undefined ? [] : [Buffer.from('; filename="'), Buffer.from(fileName as string), Buffer.from('"')]),
    Buffer.from(`${type === undefined ? '' : `\r\ncontent-type: ${type}`}\r\n\r\n`),
    Buffer.from(content as string),
    Buffer.from('\r\n'),
  ]);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}
