import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { ProblemError } from '../problem-error.ts';
import { BytesMissing, type FileStore } from './file-store.ts';

export interface S3Settings {
  readonly bucket: string;
  readonly region: string | undefined;
  /** Where another service than Amazon's answers; it is then asked by path, not by a host of the bucket's own. */
  readonly endpoint: string | undefined;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const folder = 'files/';
/** The smallest part that S3 takes: of each upload one is in memory while it leaves. */
const partSize = 5 * 1024 * 1024;
const connectionTimeout = 5000;
/** For an answer to a part, in milliseconds. */
const requestTimeout = 60_000;

const isMissing = (error: unknown): boolean =>
  error instanceof S3ServiceException && ['NoSuchKey', 'NotFound'].includes(error.name);

/** No room is said as such; what passes by itself is worth another try. The rest is the operator's: it stays as it is. */
function failureOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ProblemError) return error;
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  if (status === 507) return new ProblemError('storage-full');
  const isAway =
    'code' in error && ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND'].includes(String(error.code));
  const passes =
    isAway || error.name === 'TimeoutError' || status === 429 || (status !== undefined && status >= 500);
  return passes ? new ProblemError('unavailable', { retryAfterSeconds: 2 }) : error;
}

/**
 * Keeps files as objects of an S3-compatible store, `files/<key>`: an object is there whole or not at all, and once it was
 * acknowledged it is safe. What a killed process leaves of an upload is no object; a rule of the bucket removes it
 * (docs/deployment.md). Credentials come the way the AWS SDK looks for them.
 */
export function createS3FileStore({ bucket, region, endpoint }: S3Settings): FileStore {
  const client = new S3Client({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    maxAttempts: 3,
    // Every chunk carries a seal of its own, and not every store knows these sums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout,
      requestTimeout,
      httpAgent: { maxSockets: 200 },
      httpsAgent: { maxSockets: 200 },
    },
  });

  function objectOf(key: string): { Bucket: string; Key: string } {
    if (!uuid.test(key)) throw new Error('A key of the file store is a UUID in lower case.');
    return { Bucket: bucket, Key: `${folder}${key}` };
  }

  async function* bytesOf(key: string, range?: { start: number; end: number }): AsyncGenerator<Buffer> {
    const asked = range ? { Range: `bytes=${range.start}-${range.end}` } : {};
    try {
      const { Body } = await client.send(new GetObjectCommand({ ...objectOf(key), ...asked }));
      if (!(Body instanceof Readable)) throw new Error('The store answered without bytes.');
      yield* Body as AsyncIterable<Buffer>;
    } catch (error) {
      throw isMissing(error) ? new BytesMissing(key) : failureOf(error);
    }
  }

  return {
    async put(key, source) {
      const upload = new Upload({
        client,
        params: { ...objectOf(key), Body: source },
        partSize,
        queueSize: 1,
      });
      try {
        await upload.done();
      } catch (error) {
        source.destroy();
        // Whoever sends broke off, or what they sent was refused: that is what went wrong.
        throw source.errored ?? failureOf(error);
      }
    },

    read: (key, range) => Readable.from(bytesOf(key, range), { objectMode: true, highWaterMark: 4 }),

    async sizeOf(key) {
      try {
        return (await client.send(new HeadObjectCommand(objectOf(key)))).ContentLength;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw failureOf(error);
      }
    },

    async remove(key) {
      await client.send(new DeleteObjectCommand(objectOf(key))).catch((error: unknown) => {
        throw failureOf(error);
      });
    },

    async *keysBefore(time) {
      for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: folder, ContinuationToken: next }),
        );
        for (const { Key = '', LastModified } of page.Contents ?? []) {
          const key = Key.slice(folder.length);
          if (uuid.test(key) && LastModified && LastModified < time) yield key;
        }
        next = page.NextContinuationToken;
      }
    },

    async check() {
      const place = { Bucket: bucket, Key: `checks/${randomUUID()}` };
      try {
        await client.send(new PutObjectCommand({ ...place, Body: place.Key }));
        const { Body } = await client.send(new GetObjectCommand(place));
        if ((await Body?.transformToString()) !== place.Key)
          throw new Error('What was written reads otherwise.');
        await client.send(new DeleteObjectCommand(place));
      } catch (error) {
        throw failureOf(error);
      }
    },

    // Parts without an end belong to the bucket's own rule.
    sweep: async () => undefined,
  };
}
