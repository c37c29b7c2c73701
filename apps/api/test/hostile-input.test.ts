import { type Endpoint, endpoints } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type TestApi, startApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { type RawSession, rawSession } from './support/raw-session.ts';

/*
 * Whatever is put into any field of any operation, the answer is the caller's mistake to mend, never a failure of the
 * server's: a 500 is a bug, and often the first sign of a hole.
 */

let api: TestApi;
let doctor: Someone;
let sessions: Record<'clinician' | 'patient', RawSession>;
let known: Record<string, string>;

beforeAll(async () => {
  api = await startApi();
  doctor = await addClinician(api, await addPractice(api));
  const patient = await addPatient(api);
  const caseId = await addCase(doctor);
  const talkId = await openTalk(doctor, caseId, patient);
  sessions = {
    clinician: await rawSession(api, 'clinician', doctor.email),
    patient: await rawSession(api, 'patient', patient.email),
  };
  known = { caseId, talkId, clinicianId: doctor.id };
});
afterAll(() => api.close());

const texts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udfff',
  '\u202e\u2066',
  '\uffff\ufffe',
  "'; drop table talks; --",
  '%_\\',
  '${7*7}{{7*7}}',
  '../../../etc/passwd',
  'é'.repeat(200),
  '😀'.repeat(100),
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '0000-01-01',
  '9999-12-31',
  '2026-02-31',
  'Infinity',
  '-1',
  '1e309',
  'a@b.c',
  '"a b"@example.com',
  'a@example.com\r\nBcc: b@example.com',
];
const others = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  [],
  [null],
  {},
  { a: 1 },
  [[]],
  Array(2000).fill('x'),
];

/** Places in a list that somebody made up. */
const places = [
  [],
  [null],
  [null, null],
  ['x', 'y'],
  [null, 'not an id'],
  ['Ana', 'not an id'],
  ['2026-02-31T00:00:00Z', '00000000-0000-7000-8000-000000000000'],
  ['0000-01-01T00:00:00Z', '00000000-0000-7000-8000-000000000000'],
  ['2026-01-01T24:00:00Z', '00000000-0000-7000-8000-000000000000'],
  ['2026-01-01T00:00:00Z', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ['\ud800', '00000000-0000-7000-8000-000000000000'],
  ['updated descending', '2026-02-31T00:00:00Z', '00000000-0000-7000-8000-000000000000'],
  ['updated descending', '0000-12-31T00:00:00Z', '00000000-0000-7000-8000-000000000000'],
  ['patient ascending', '\ud800', '00000000-0000-7000-8000-000000000000'],
  ['title ascending', null, '00000000-0000-7000-8000-000000000000'],
  ['updated descending', 'x', 'y', 'z'],
].map((keys) => Buffer.from(JSON.stringify(keys)).toString('base64url'));
const cursors = [...places, '=', '!', 'bnVsbA', 'e30', Buffer.from([0xff, 0xfe]).toString('base64url')];

interface Shape {
  readonly type?: string;
  readonly properties?: Record<string, Shape>;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
}
const shapeOf = (schema: z.ZodType): Shape =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;

/** Something that the field may well take, so that the others are looked at. */
function plausible(name: string, { type, enum: choices, pattern }: Shape): unknown {
  if (choices) return choices[0];
  if (type === 'array') return [];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return 1;
  if (/email/i.test(name)) return 'somebody@example.com';
  if (/date/i.test(name)) return '1988-04-17';
  if (name.endsWith('Id')) return '00000000-0000-7000-8000-000000000000';
  if (pattern?.includes('43')) return 'a'.repeat(43);
  if (/phone|mobile|landline/i.test(name)) return '+14155550142';
  return /code/i.test(name) ? '123456' : 'seven quiet lanterns';
}

function bodiesFor(endpoint: Endpoint): string[] {
  if (!endpoint.body) return [];
  const fields = Object.entries(shapeOf(endpoint.body).properties ?? {});
  const fine = Object.fromEntries(fields.map(([name, shape]) => [name, plausible(name, shape)]));
  const spoilt = fields.flatMap(([name]) =>
    [...texts, ...others].map((value) => JSON.stringify({ ...fine, [name]: value })),
  );
  const whole = [null, true, 1, 'x', [], {}, [fine], { ...fine, role: 'administrator', talk_id: 1 }];
  return [
    ...spoilt,
    ...whole.map((value) => JSON.stringify(value)),
    '',
    '{',
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":{"x":1}}}',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
    `"${'x'.repeat(70_000)}"`,
  ];
}

const pathsFor = (endpoint: Endpoint): string[] => {
  const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const fill = (values: Record<string, string>) =>
    endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  const nobody = Object.fromEntries(names.map((name) => [name, '00000000-0000-7000-8000-000000000000']));
  // What ends things is tried on what is not there.
  const real = endpoint.method === 'DELETE' ? nobody : { ...nobody, ...known };
  const bad = ['%00', '%FF', "'", '..%2f..', 'x'.repeat(190), '%F0%9F%98%80', '%ED%A0%80', 'null', '-1'];
  return [fill(real), ...names.flatMap((name) => bad.map((value) => fill({ ...real, [name]: value })))];
};

function queriesFor(endpoint: Endpoint): string[] {
  if (!endpoint.query) return ['?unknown=1', '?__proto__=1'];
  const names = Object.keys(shapeOf(endpoint.query).properties ?? {});
  const values = [...texts.map((text) => text.toWellFormed()), ...cursors, 'x'.repeat(5000)];
  return [
    ...names.flatMap((name) => values.map((value) => `?${name}=${encodeURIComponent(value)}`)),
    ...names.flatMap((name) => [`?${name}=%00`, `?${name}=%ff`, `?${name}=a&${name}=b`, `?${name}[]=a`]),
    ...(names.includes('sort') && names.includes('cursor')
      ? ['patient', 'title', 'name', 'addedBy'].flatMap((sort) =>
          cursors.map((cursor) => `?sort=${sort}&cursor=${cursor}`),
        )
      : []),
  ];
}

/** Everything but what streams, and what would end the session that asks. */
const tried = Object.entries(endpoints as Record<string, Endpoint>).filter(
  ([name, { transfer }]) => transfer !== 'events' && name !== 'signOut' && name !== 'endSession',
);

let requests = 0;
async function ask(caller: RawSession, endpoint: Endpoint, path: string, body?: string): Promise<string> {
  requests += 1;
  const response = await caller.fetch(path, {
    method: endpoint.method,
    headers: {
      'idempotency-key': crypto.randomUUID(),
      'if-match': '"1"',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  if (response.status >= 500)
    return `${endpoint.method} ${path} ${body?.slice(0, 300) ?? ''}: ${response.status}`;
  if (response.status >= 400 && !text.includes('"code":')) return `${path}: ${text.slice(0, 80)}`;
  return '';
}

describe('hostile input', () => {
  test.each(tried)('%s never fails', { timeout: 120_000 }, async (_, endpoint) => {
    const side = endpoint.access.includes('patient') && !endpoint.access.includes('clinician');
    const caller = sessions[side ? 'patient' : 'clinician'];
    const [path = '', ...badPaths] = pathsFor(endpoint);
    const found = [];
    const good = bodiesFor(endpoint)[0];
    for (const bad of badPaths) found.push(await ask(caller, endpoint, bad, good));
    for (const query of queriesFor(endpoint)) found.push(await ask(caller, endpoint, path + query, good));
    for (const body of bodiesFor(endpoint)) found.push(await ask(caller, endpoint, path, body));
    expect(found.filter((one) => one !== '')).toEqual([]);
  });
});
