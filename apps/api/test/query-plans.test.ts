import type { Client, Result } from '@casetalk/client';
import type { Portal } from '@casetalk/contract';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { giveAuthenticator } from './support/authenticator.ts';
import { goodPassword, signedIn } from './support/people.ts';
import { answer } from './support/result.ts';
import { type SeededTalk, seedAtSize } from './support/size-seed.ts';

/** Tables that grow with every case and message: reading one of them from end to end is never right. */
const growing = new Set([
  'messages',
  'talks',
  'attachments',
  'talk_read_states',
  'doctor_talk_messages',
  'doctor_talk_read_states',
  'case_attachments',
  'cases',
  'case_members',
  'invitations',
  'files',
  'patients',
  'audit_events',
]);
/** Signing in, notices, jobs, the audit's sealer and a talk's key, which is fetched once, are not what is looked at. */
const beside = /set_config|pg_notify|pgboss|\bsessions\b|\bdata_keys\b|\baudit_seals\b|pg_snapshot|advisory/;

interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
}

let api: TestApi;
let place: SeededTalk;
let clients: Record<Portal, Client>;

beforeAll(async () => {
  // The rounds of a worker in this process would be overheard too.
  api = await startApi({}, undefined, { withWorker: false });
  place = await seedAtSize(api);
  const hash = await api.deps.hasher.hash(goodPassword);
  await api.sql.query('update clinicians set password_hash = $1 where id = $2', [hash, place.clinicianId]);
  await api.sql.query('update patients set password_hash = $1, terms_version = $2 where id = $3', [
    hash,
    api.termsVersion,
    place.patientId,
  ]);
  await giveAuthenticator(api, place.clinicianId, place.clinicianEmail);
  clients = {
    clinician: await signedIn(api, 'clinician', place.clinicianEmail),
    patient: await signedIn(api, 'patient', place.patientEmail),
  };
}, 180_000);
afterAll(() => api.close());

/** Every statement that a call sends to PostgreSQL, overheard where it leaves. */
async function statementsOf(call: () => Promise<Result<unknown>>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const submit = pg.Query.prototype.submit;
  const ear = vi.spyOn(pg.Query.prototype, 'submit').mockImplementation(function overhear(
    this: pg.Query & Partial<Asked>,
    connection,
  ) {
    const { text, values = [] } = this;
    if (text) asked.push({ text, values });
    return submit.call(this, connection);
  });
  try {
    answer(await call());
  } finally {
    ear.mockRestore();
  }
  return asked.filter(({ text }) => /^\s*(with|select|insert|update)\b/i.test(text) && !beside.test(text));
}

/** How PostgreSQL would go about a call's statements under row-level security: what it reads whole, and by which indexes. */
async function waysOf(kind: Portal, call: () => Promise<Result<unknown>>) {
  const statements = await statementsOf(call);
  const nodes: Plan[] = [];
  const client = new pg.Client({ connectionString: api.deps.settings.DATABASE_URL });
  await client.connect();
  try {
    for (const { text, values } of statements) {
      await client.query('begin');
      await client.query(`select set_config('role', $1, true), set_config('app.viewer', $2, true)`, [
        `casetalk_${kind}`,
        kind === 'clinician' ? place.clinicianId : place.patientId,
      ]);
      const { rows } = await client.query<{ 'QUERY PLAN': readonly { Plan: Plan }[] }>(
        `explain (format json) ${text}`,
        [...values],
      );
      await client.query('rollback');
      for (const row of rows) for (const { Plan: plan } of row['QUERY PLAN']) nodes.push(...nodesOf(plan));
    }
  } finally {
    await client.end();
  }
  const named = (pick: (node: Plan) => string | undefined): string[] =>
    nodes.flatMap((node) => pick(node) ?? []);
  return {
    statements: statements.length,
    readWhole: named((node) => (node['Node Type'] === 'Seq Scan' ? node['Relation Name'] : undefined)).filter(
      (table) => growing.has(table),
    ),
    indexes: named((node) => node['Index Name']),
  };
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** A call by name, who makes it, and the index that it has to go by. */
const calls: readonly [string, Portal, string, (client: Client) => Promise<Result<unknown>>][] = [
  ['the newest messages', 'clinician', 'messages_talk', (client) => client.listMessages(talk())],
  ['the newest messages', 'patient', 'messages_talk', (client) => client.listMessages(talk())],
  ['sending', 'clinician', 'cases_pkey', (client) => client.sendMessage({ ...talk(), body: words })],
  ['sending', 'patient', 'cases_pkey', (client) => client.sendMessage({ ...talk(), body: words })],
  ['the inbox', 'clinician', 'talks_clinician', (client) => client.listTalks()],
  ['the inbox', 'patient', 'talks_patient', (client) => client.listTalks()],
  [
    'the unread part of the inbox',
    'clinician',
    'talks_clinician',
    (client) => client.listTalks({ query: { unread: 'true' } }),
  ],
  [
    'a search of the inbox',
    'clinician',
    'talks_clinician',
    (client) => client.listTalks({ query: { search: 'patient 1' } }),
  ],
  ['one talk', 'patient', 'talks_patient', (client) => client.getTalk(talk())],
  ['the case list', 'clinician', 'case_members_clinician', (client) => client.listCases()],
  [
    'the case list by title, searched',
    'clinician',
    'case_members_clinician',
    (client) => client.listCases({ query: { sort: 'title', search: 'case 1' } }),
  ],
  [
    'the cases with something unread',
    'clinician',
    'doctor_talk_messages_case',
    (client) => client.listCases({ query: { unread: 'true' } }),
  ],
  [
    'the cases by the state of the talk',
    'clinician',
    'invitations_clinician_case',
    (client) => client.listCases({ query: { talk: 'active' } }),
  ],
  ['one case', 'clinician', 'cases_pkey', (client) => client.getCase(onCase())],
  [
    'the members',
    'clinician',
    'case_members_case_id_clinician_id_pk',
    (client) => client.listCaseMembers(onCase()),
  ],
  [
    'who has seen a talk',
    'clinician',
    'audit_events_access',
    (client) => client.listTalkAccessEvents(talk()),
  ],
  ['who has seen a talk', 'patient', 'audit_events_access', (client) => client.listTalkAccessEvents(talk())],
  ['who has seen all my talks', 'patient', 'audit_events_access', (client) => client.listAccessEvents()],
  [
    'the doctor talk',
    'clinician',
    'doctor_talk_messages_case',
    (client) => client.listDoctorTalkMessages(onCase()),
  ],
];
const talk = () => ({ params: { talkId: place.talkId } });
const onCase = () => ({ params: { caseId: place.caseId } });
const words = { text: 'At size' };

describe('at 20,000 talks and 200,000 messages', () => {
  test.each(calls)(
    '%s (%s) goes by %s and reads no growing table whole',
    async (_name, kind, index, call) => {
      const ways = await waysOf(kind, () => call(clients[kind]));
      expect(ways.statements).toBeGreaterThan(0);
      expect(ways.readWhole).toEqual([]);
      expect(ways.indexes).toContain(index);
    },
  );

  test.each(['clinician', 'patient'] as const)(
    'a further page of messages (%s) starts where the last ended',
    async (kind) => {
      const client = clients[kind];
      const { nextCursor } = answer(await client.listMessages({ ...talk(), query: { limit: 3 } }));
      const query = { limit: 3, cursor: nextCursor ?? '' };
      const ways = await waysOf(kind, () => client.listMessages({ ...talk(), query }));
      expect(ways.readWhole).toEqual([]);
      expect(ways.indexes).toContain('messages_talk');
    },
  );

  test.each(['clinician', 'patient'] as const)('marking as read (%s) counts by the index', async (kind) => {
    const client = clients[kind];
    const [newest] = answer(await client.listMessages(talk())).data;
    const body = { messageId: newest?.id ?? '' };
    const ways = await waysOf(kind, () => client.markTalkRead({ ...talk(), body }));
    expect(ways.readWhole).toEqual([]);
    expect(ways.indexes).toContain('messages_talk');
  });
});
