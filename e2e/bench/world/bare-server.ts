import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Fastify from 'fastify';
import pg from 'pg';

/**
 * The limit that the product is measured against: Fastify and pg, one prepared statement a request, and nothing else. No
 * sign-in, no access, no validation, no audit.
 * Arguments: port, connection string, connections of the pool, folder for uploads.
 */
const [port, connectionString, poolSize, folder = ''] = process.argv.slice(2);

const pool = new pg.Pool({ connectionString, max: Number(poolSize) });
pool.on('error', () => undefined);
const app = Fastify({ bodyLimit: 64 * 1024 });

const message = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    talkId: { type: 'string' },
    sender: { type: 'integer' },
    text: { type: 'string' },
    createdAt: { type: 'string' },
  },
} as const;

interface Row {
  readonly id: string;
  readonly talk_id: string;
  readonly sender: number;
  readonly body: string;
  readonly created_at: Date;
}

const present = (row: Row) => ({
  id: row.id,
  talkId: row.talk_id,
  sender: row.sender,
  text: row.body,
  createdAt: row.created_at.toISOString(),
});

interface TalkRoute {
  Params: { talkId: string };
  Body: { text: string };
}

app.get('/readyz', async () => {
  await pool.query('select 1');
  return 'ready';
});

app.post<TalkRoute>(
  '/talks/:talkId/messages',
  { schema: { response: { 201: message } } },
  async (request, reply) => {
    const { rows } = await pool.query<Row>({
      name: 'send',
      text: 'insert into messages (talk_id, sender, body) values ($1, 0, $2) returning id, talk_id, sender, body, created_at',
      values: [request.params.talkId, request.body.text],
    });
    return reply.code(201).send(rows[0] && present(rows[0]));
  },
);

const page = { type: 'object', properties: { data: { type: 'array', items: message } } } as const;

app.route<TalkRoute>({
  method: 'GET',
  url: '/talks/:talkId/messages',
  schema: { response: { 200: page } },
  handler: async (request) => {
    const { rows } = await pool.query<Row>({
      name: 'list',
      text: `select id, talk_id, sender, body, created_at from messages where talk_id = $1
             order by created_at desc, id desc limit 50`,
      values: [request.params.talkId],
    });
    return { data: rows.map(present) };
  },
});

let uploads = 0;
app.addContentTypeParser('application/octet-stream', (_request, _payload, done) => done(null));

/** Where an upload goes, and its end: flushed before it is acknowledged, then removed. */
async function throughDisk(fill: (path: string) => Promise<void>): Promise<void> {
  uploads += 1;
  const path = join(folder, `upload-${process.pid}-${uploads}`);
  await fill(path);
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
  await rm(path);
}

/** A plain pipe to the disk. */
app.post('/uploads', async (request, reply) => {
  await throughDisk((path) => pipeline(request.raw as Readable, createWriteStream(path)));
  return reply.code(201).send('');
});

/** The same pipe through the hash and the cipher that the product uses. */
app.post('/sealed-uploads', async (request, reply) => {
  await throughDisk(async (path) => {
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    const cipher = createCipheriv('aes-256-gcm', randomBytes(32), randomBytes(12));
    await pipeline(request.raw as Readable, hashing, cipher, createWriteStream(path));
    hash.digest();
  });
  return reply.code(201).send('');
});

await app.listen({ host: '127.0.0.1', port: Number(port) });
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    void app
      .close()
      .then(() => pool.end())
      .finally(() => process.exit(0));
  });
}
