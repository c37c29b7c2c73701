import { randomBytes } from 'node:crypto';
import { arranged, type Tally } from '../attack.ts';
import type { World } from '../world.ts';
import type { Caller } from './caller.ts';
import { type Pair, say } from './cast.ts';
import { dataOf } from './wire.ts';

const canary = (): string => `zqmoved${randomBytes(10).toString('hex')}`;

/** Puts what stands in these columns of one row into the other's place, and the other way round. */
async function exchange(
  { database }: World,
  table: string,
  key: string,
  columns: readonly string[],
  ids: readonly [string, string],
): Promise<void> {
  await database.rows(
    `update ${table} t set ${columns.map((column) => `${column} = o.${column}`).join(', ')} from ${table} o
     where t.${key} = any($1::uuid[]) and o.${key} = any($1::uuid[]) and t.${key} <> o.${key}`,
    [ids],
  );
}

/** The columns of a table that hold bytes. */
async function sealedColumns({ database }: World, table: string): Promise<string[]> {
  const rows = await database.rows<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and data_type = 'bytea'`,
    [table],
  );
  return rows.map(({ name }) => name);
}

interface Move {
  readonly name: string;
  readonly table: string;
  readonly key: string;
  readonly ids: readonly [string, string];
  /** What is asked for, and a word that must not be in the answer, since it belongs in the other's place. */
  readonly reads: readonly {
    readonly by: Caller;
    readonly path: string;
    readonly not: string;
    readonly id: string;
  }[];
}

/** A talk of one patient and a pair with another one. */
export interface TwoTalks {
  readonly pair: Pair;
  readonly patient: Caller;
  readonly talkId: string;
}

/** Puts sealed words, and the keys of talks, where others stand, and looks whether they are shown there. */
export async function moveWords(
  world: World,
  { patient, talkId, pair }: TwoTalks,
  tally: Tally,
): Promise<void> {
  const [one, two, far, doctors, doctorsToo] = Array.from({ length: 5 }, () => canary()) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const [oneId, twoId] = [await say(patient, talkId, one), await say(patient, talkId, two)];
  const farId = await say(pair.doctor, pair.talkId, far);
  const toDoctors = async (text: string): Promise<string> => {
    const sent = await pair.doctor.send('POST', `/v1/cases/${pair.caseId}/doctor-talk/messages`, { text });
    return (dataOf(sent) as { id: string }).id;
  };
  const [doctorsId, doctorsTooId] = [await toDoctors(doctors), await toDoctors(doctorsToo)];
  const here = `/v1/talks/${talkId}/messages`;
  const there = `/v1/talks/${pair.talkId}/messages`;
  const among = `/v1/cases/${pair.caseId}/doctor-talk/messages`;
  const moves: readonly Move[] = [
    {
      name: 'a message into another of the same talk',
      table: 'messages',
      key: 'id',
      ids: [oneId, twoId],
      reads: [
        { by: patient, path: here, not: two, id: oneId },
        { by: patient, path: here, not: one, id: twoId },
      ],
    },
    {
      name: 'a message into another talk',
      table: 'messages',
      key: 'id',
      ids: [oneId, farId],
      reads: [
        { by: patient, path: here, not: far, id: oneId },
        { by: pair.doctor, path: there, not: one, id: farId },
      ],
    },
    {
      name: 'a word of the doctors into another',
      table: 'doctor_talk_messages',
      key: 'id',
      ids: [doctorsId, doctorsTooId],
      reads: [{ by: pair.doctor, path: among, not: doctorsToo, id: doctorsId }],
    },
    {
      name: 'a talk’s key into another talk',
      table: 'data_keys',
      key: 'owner_id',
      ids: [talkId, pair.talkId],
      reads: [
        { by: patient, path: here, not: one, id: oneId },
        { by: pair.doctor, path: there, not: far, id: farId },
      ],
    },
  ];
  for (const move of moves) await tryMove(world, move, tally);
}

async function tryMove(world: World, { name, table, key, ids, reads }: Move, tally: Tally): Promise<void> {
  const columns = await sealedColumns(world, table);
  if (columns.length === 0) {
    tally.held(false, `${table} keeps nothing sealed`);
    return;
  }
  await exchange(world, table, key, columns, ids);
  // Keys may be remembered for a while: a process that begins anew has to open everything again.
  if (table === 'data_keys') await world.stack.restartApi();
  for (const { by, path, not, id } of reads) {
    const answer = await by.ask({ path });
    const { data = [] } =
      answer.status === 200 ? (JSON.parse(answer.text) as { data?: { id: string; text: string }[] }) : {};
    const shown = data.find((one) => one.id === id)?.text ?? '';
    tally.held(!shown.includes(not), `Moving ${name} shows it in the other’s place`);
  }
  await exchange(world, table, key, columns, ids);
  if (table === 'data_keys') await world.stack.restartApi();
  for (const { by, path } of reads) {
    const { status } = await by.ask({ path });
    arranged(status === 200, `${path} that can be read again, not ${status}`);
  }
}
