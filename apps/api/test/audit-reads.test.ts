import type { Client, Result } from '@casetalk/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWorld, type World } from './access/world.ts';
import { answer } from './support/result.ts';

let world: World;
let attachmentId: string;
let caseAttachmentId: string;

beforeAll(async () => {
  world = await buildWorld();
  attachmentId = await world.patientFile(true);
  caseAttachmentId = await world.sharedFile();
});
afterAll(() => world.api.close());

/** Every way to read a message, a file or a name of one, and what the audit calls it. */
const reads: readonly [string, 'A' | 'P1' | 'S', (client: Client) => Promise<Result<unknown>>][] = [
  ['talk.listed', 'A', (client) => client.listTalks()],
  ['talk.listed', 'P1', (client) => client.listTalks()],
  ['talk.viewed', 'A', (client) => client.getTalk({ params: { talkId: world.talkId } })],
  ['talk.viewed', 'P1', (client) => client.getTalk({ params: { talkId: world.talkId } })],
  ['talk.read', 'A', (client) => client.listMessages({ params: { talkId: world.talkId } })],
  ['talk.read', 'P1', (client) => client.listMessages({ params: { talkId: world.talkId } })],
  ['attachment.listed', 'P1', (client) => client.listTalkUploads({ params: { talkId: world.talkId } })],
  [
    'resumableUpload.listed',
    'P1',
    (client) => client.listTalkResumableUploads({ params: { talkId: world.talkId } }),
  ],
  [
    'resumableUpload.listed',
    'S',
    (client) => client.listCaseResumableUploads({ params: { caseId: world.caseId } }),
  ],
  [
    'attachment.downloaded',
    'A',
    (client) => client.download('downloadAttachment', { params: { attachmentId } }),
  ],
  [
    'attachment.downloaded',
    'P1',
    (client) => client.download('downloadAttachment', { params: { attachmentId } }),
  ],
  [
    'attachment.downloaded',
    'A',
    (client) => client.download('downloadAttachment', { params: { attachmentId } }, { range: 'bytes=0-3' }),
  ],
  [
    'caseAttachment.listed',
    'S',
    (client) => client.listCaseAttachments({ params: { caseId: world.caseId } }),
  ],
  [
    'caseAttachment.downloaded',
    'S',
    (client) => client.download('downloadCaseAttachment', { params: { caseAttachmentId } }),
  ],
  ['doctorTalk.read', 'S', (client) => client.listDoctorTalkMessages({ params: { caseId: world.caseId } })],
  ['case.viewed', 'S', (client) => client.getCase({ params: { caseId: world.caseId } })],
  ['access.listed', 'P1', (client) => client.listTalkAccessEvents({ params: { talkId: world.talkId } })],
  ['access.listed', 'P1', (client) => client.listAccessEvents()],
  [
    'breakGlass.listed',
    'A',
    (client) => client.listTalkBreakGlassGrants({ params: { talkId: world.talkId } }),
  ],
];

test.each(reads)('%s is recorded once when %s reads', async (action, who, read) => {
  const count = async (): Promise<number> =>
    (
      await world.api.sql.query<{ n: number }>(
        'select count(*)::int as n from audit_events where action = $1 and actor_id = $2 and ip is not null',
        [action, world[who].id],
      )
    ).rows[0]?.n ?? 0;
  const before = await count();
  answer(await read(world.clientOf(who)));
  expect(await count()).toBe(before + 1);
});
