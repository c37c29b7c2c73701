import type { BreakGlassGrant } from '@casetalk/contract';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/db/new-id.ts';
import { actingAs, emergencyWorld, type EmergencyWorld, reason } from './support/emergency.ts';
import { answer, outcome } from './support/result.ts';

const tables = ['talks', 'messages', 'attachments'] as const;

let world: EmergencyWorld;
let grant: BreakGlassGrant;

beforeAll(async () => {
  world = await emergencyWorld();
  grant = await world.grant();
});
afterAll(() => world.api.close());

const asAdministrator = <T>(id: string, work: (client: pg.Client) => Promise<T>): Promise<T> =>
  actingAs(world.api, 'casetalk_break_glass', id, work);

/** The talks whose rows show when a query asks for all of a table. */
const talksSeen = (table: (typeof tables)[number], administratorId: string): Promise<string[]> =>
  asAdministrator(administratorId, async (client) => {
    const column = table === 'talks' ? 'id' : 'talk_id';
    const { rows } = await client.query<{ talk: string }>(`select distinct ${column} as talk from ${table}`);
    return rows.map(({ talk }) => talk);
  });

describe('row-level security, without any help of the queries', () => {
  test.each(tables)(
    '%s: a live grant shows its talk and no other, to its administrator alone',
    async (table) => {
      expect(await talksSeen(table, world.admin.id)).toEqual([world.talkId]);
      for (const other of [world.otherAdmin, world.foreignAdmin, world.A, world.S]) {
        expect(await talksSeen(table, other.id)).toEqual([]);
      }
      expect(await talksSeen(table, '')).toEqual([]);
    },
  );

  test.each([
    ['expired', `update break_glass_grants set expires_at = now()`],
    ['ended', `update break_glass_grants set ended_at = now()`],
    ['disabled', `update clinicians set disabled_at = now() where role = 'administrator'`],
    ['no administrator', `update clinicians set role = 'staff' where role = 'administrator'`],
  ])('shows nothing any more once it is over: %s', async (_why, change) => {
    const owner = await world.api.sql.connect();
    try {
      // Without triggers: these would sign the administrators out for the tests that follow.
      await owner.query('set session_replication_role = replica');
      await owner.query('create temporary table kept_grants as table break_glass_grants');
      await owner.query(change);
      const seen = await Promise.all(tables.map((table) => talksSeen(table, world.admin.id)));
      await owner.query(
        `update clinicians set disabled_at = null, role = 'administrator' where id = any($1)`,
        [[world.admin.id, world.otherAdmin.id, world.foreignAdmin.id]],
      );
      await owner.query('delete from break_glass_grants');
      await owner.query('insert into break_glass_grants select * from kept_grants');
      await owner.query('drop table kept_grants');
      expect(seen).toEqual([[], [], []]);
    } finally {
      await owner.query('reset session_replication_role');
      owner.release();
    }
    expect(await talksSeen('talks', world.admin.id)).toEqual([world.talkId]);
  });

  test.each([
    [
      'a message',
      `insert into messages (id, talk_id, case_id, clinician_id, sender, send_key) select gen_random_uuid(), talk_id, case_id, clinician_id, sender, gen_random_uuid() from messages`,
    ],
    ['a counter', 'update talks set clinician_unread = 0'],
    ['a file', 'delete from attachments'],
    [
      'a mark',
      `insert into talk_read_states (talk_id, reader, case_id, clinician_id, message_id, read_up_to) select id, 'clinician', case_id, clinician_id, id, now() from talks`,
    ],
    [
      'a share',
      `insert into case_attachments (id, case_id, file_id, name, origin, added_by) select gen_random_uuid(), case_id, file_id, 'x', 'patientTalk', clinician_id from attachments`,
    ],
    ['a grant’s time', `update break_glass_grants set expires_at = now() + interval '1 year'`],
    ['a password', `select password_hash from clinicians`],
  ])('writes nothing: %s', async (_what, statement) => {
    const written = asAdministrator(world.admin.id, (client) => client.query(statement));
    await expect(written).rejects.toMatchObject({ code: '42501' });
  });

  const grantRow = (administratorId: string, change: { clinicianId?: string; minutes?: number } = {}) =>
    asAdministrator(administratorId, async (client) => {
      const { clinicianId = world.A.id, minutes = 60 } = change;
      await client.query(
        `insert into break_glass_grants (id, administrator_id, practice_id, talk_id, case_id, clinician_id, reason, expires_at)
         select $1, $2, c.practice_id, $3, $4, $5, $6, now() + $7 * interval '1 minute' from clinicians c where c.id = $2`,
        [newId(), world.admin.id, world.talkId, world.caseId, clinicianId, reason, minutes],
      );
    });

  test('lets an administrator begin one for herself, of her practice, for an hour at most', async () => {
    await grantRow(world.admin.id);
    const refused = { code: '42501' };
    await expect(grantRow(world.otherAdmin.id)).rejects.toMatchObject(refused);
    await expect(grantRow(world.admin.id, { clinicianId: world.X.id })).rejects.toMatchObject(refused);
    await expect(grantRow(world.admin.id, { minutes: 61 })).rejects.toMatchObject(refused);
  });

  test('shows the grant itself to the practice’s administrators and the two people', async () => {
    const count = (role: Parameters<typeof actingAs>[1], id: string) =>
      actingAs(world.api, role, id, async (client) => {
        const { rows } = await client.query<{ n: number }>(
          'select count(*)::int as n from break_glass_grants',
        );
        return rows[0]?.n;
      });
    const { admin, otherAdmin, foreignAdmin, A, B, S, P1, P2 } = world;
    const [sees, blind] = [1, 0];
    expect(await count('casetalk_break_glass', admin.id)).toBe(sees);
    expect(await count('casetalk_break_glass', otherAdmin.id)).toBe(sees);
    expect(await count('casetalk_break_glass', foreignAdmin.id)).toBe(blind);
    expect(await count('casetalk_clinician', A.id)).toBe(sees);
    expect(await count('casetalk_clinician', B.id)).toBe(blind);
    expect(await count('casetalk_clinician', S.id)).toBe(blind);
    expect(await count('casetalk_patient', P1.id)).toBe(sees);
    expect(await count('casetalk_patient', P2.id)).toBe(blind);
  });
});

describe('the queries, without any help of row-level security', () => {
  beforeAll(async () => {
    for (const table of [...tables, 'break_glass_grants', 'audit_events']) {
      await world.api.sql.query(`alter table ${table} disable row level security`);
    }
  });

  test('a live grant opens its talk and nothing else', async () => {
    const { client } = world.admin;
    const grantId = grant.id;
    const { data } = answer(await client.listBreakGlassMessages({ params: { grantId } }));
    expect(new Set(data.map(({ talkId }) => talkId))).toEqual(new Set([world.talkId]));
    const download = (attachmentId: string) =>
      client.download('downloadBreakGlassAttachment', { params: { grantId, attachmentId } });
    answer(await download(world.fileId));
    expect(outcome(await download(world.fileOfB))).toBe('not-found');
  });

  test('a grant is its administrator’s, and begins for her own practice alone', async () => {
    const params = { grantId: grant.id };
    const { otherAdmin, foreignAdmin, B, S, P2, caseId, A, talkId } = world;
    const body = { caseId, clinicianId: A.id, reason };
    const answers = [
      await otherAdmin.client.listBreakGlassMessages({ params }),
      await foreignAdmin.client.listBreakGlassMessages({ params }),
      await foreignAdmin.client.getBreakGlassGrant({ params }),
      await foreignAdmin.client.endBreakGlass({ params }),
      await foreignAdmin.client.startBreakGlass({ body }),
      await B.client.listTalkBreakGlassGrants({ params: { talkId } }),
      await S.client.listTalkBreakGlassGrants({ params: { talkId } }),
      await P2.client.listTalkBreakGlassGrants({ params: { talkId } }),
    ];
    expect(answers.map(outcome)).toEqual(answers.map(() => 'not-found'));
    expect(answer(await foreignAdmin.client.listBreakGlassGrants()).data).toEqual([]);
  });

  test('a grant that is over opens nothing', async () => {
    await world.api.sql.query('update break_glass_grants set expires_at = now() where id = $1', [grant.id]);
    const params = { grantId: grant.id };
    expect(outcome(await world.admin.client.listBreakGlassMessages({ params }))).toBe('not-found');
    const attachmentId = world.fileId;
    const file = await world.admin.client.download('downloadBreakGlassAttachment', {
      params: { ...params, attachmentId },
    });
    expect(outcome(file)).toBe('not-found');
  });
});
