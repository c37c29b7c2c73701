import type { TestApi } from './api.ts';
import { addDataKeys, laySealed } from './sealed-rows.ts';

/** How much the size seed writes. */
export const sizes = {
  clinicians: 100,
  cases: 20_000,
  messagesPerTalk: 10,
  practices: 5,
  auditEventsPerTalk: 10,
  /** Of the talk and the doctor talk in the middle, the busiest of all. */
  busyMessages: 2000,
} as const;

export interface SeededTalk {
  readonly talkId: string;
  readonly caseId: string;
  readonly clinicianId: string;
  readonly clinicianEmail: string;
  readonly patientId: string;
  readonly patientEmail: string;
}

/**
 * Fills a database with 20,000 cases, each with one joined talk of ten messages, a doctor talk of two and a file, spread over
 * 100 clinicians of 5 practices: enough for the planner to choose as it would in years. Ids are made from numbers.
 * @returns a talk in the middle of it, and its two people
 */
export async function seedAtSize(api: TestApi): Promise<SeededTalk> {
  const { sql } = api;
  const { clinicians, cases, messagesPerTalk, practices, busyMessages, auditEventsPerTalk } = sizes;
  const middle = cases / 2;
  const id = (kind: string, number: string): string =>
    `('0198${kind}-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
  const clinicianOf = `(n % ${clinicians})`;
  const at = (number: string): string => `timestamptz '2026-01-01' + ${number} * interval '1 minute'`;
  const steps = [
    `insert into practices (id, name, phone, welcome, reply_time)
     select ${id('aaaa', 'n')}, 'Practice ' || n, '(415) 555-0110', '{"en":"","es":""}', '{"en":"","es":""}'
     from generate_series(0, ${practices - 1}) n`,
    `insert into clinicians (id, practice_id, name, email, role, job_title, phone, password_hash)
     select ${id('bbbb', 'n')}, ${id('aaaa', `n % ${practices}`)}, 'Dr ' || n, 'seed' || n || '@example.com', 'doctor',
       'Physician', '+14155550100', 'x' from generate_series(0, ${clinicians - 1}) n`,
    `insert into patients (id, name, email, phone, phone_kind, language, password_hash, terms_version)
     select ${id('cccc', 'n')}, 'Patient ' || n, 'seeded' || n || '@example.com', '+14155550101', 'mobile', 'en', 'x', 'x'
     from generate_series(0, ${cases - 1}) n`,
    `insert into cases (id, practice_id, patient_name, patient_birth_date, title, description, created_by, updated_at)
     select ${id('dddd', 'n')}, ${id('aaaa', `n % ${practices}`)}, 'Patient ' || n, '1980-01-01', 'Case ' || n, '',
       ${id('bbbb', clinicianOf)}, ${at('n')} from generate_series(0, ${cases - 1}) n`,
    `insert into case_members (case_id, clinician_id, added_by)
     select ${id('dddd', 'n')}, ${id('bbbb', clinicianOf)}, ${id('bbbb', clinicianOf)}
     from generate_series(0, ${cases - 1}) n`,
    `insert into talks (id, case_id, clinician_id, patient_id, joined_at, clinician_unread, last_message_id, last_message_at)
     select ${id('eeee', 'n')}, ${id('dddd', 'n')}, ${id('bbbb', clinicianOf)}, ${id('cccc', 'n')}, now(), n % 3,
       ${id('ffff', `n * ${messagesPerTalk} + ${messagesPerTalk - 1}`)}, ${at(`(n + ${messagesPerTalk - 1})`)}
     from generate_series(0, ${cases - 1}) n`,
    `insert into messages (id, talk_id, case_id, clinician_id, patient_id, sender, body, send_key, created_at)
     select ${id('ffff', `n * ${messagesPerTalk} + k`)}, ${id('eeee', 'n')}, ${id('dddd', 'n')},
       ${id('bbbb', clinicianOf)}, ${id('cccc', 'n')},
       (case when k % 2 = 0 then 'clinician' else 'patient' end)::portal, s.sealed,
       ${id('ffff', `n * ${messagesPerTalk} + k`)}, ${at('(n + k)')}
     from generate_series(0, ${cases - 1}) n cross join generate_series(0, ${messagesPerTalk - 1}) k
     join seed_sealed s on s.id = ${id('ffff', `n * ${messagesPerTalk} + k`)}`,
    `insert into invitations (id, case_id, talk_id, clinician_id, practice_id, patient_id, email, language, state, expires_at)
     select ${id('abab', 'n')}, ${id('dddd', 'n')}, ${id('eeee', 'n')}, ${id('bbbb', clinicianOf)},
       ${id('aaaa', `n % ${practices}`)}, ${id('cccc', 'n')}, 'seeded' || n || '@example.com', 'en', 'accepted', now()
     from generate_series(0, ${cases - 1}) n`,
    `insert into doctor_talk_messages (id, case_id, sender_id, body, send_key)
     select ${id('baba', 'n * 2 + k')}, ${id('dddd', 'n')}, ${id('bbbb', clinicianOf)}, s.sealed, ${id('baba', 'n * 2 + k')}
     from generate_series(0, ${cases - 1}) n cross join generate_series(0, 1) k
     join seed_sealed s on s.id = ${id('baba', 'n * 2 + k')}`,
    `insert into talk_read_states (talk_id, reader, case_id, clinician_id, patient_id, message_id, read_up_to)
     select id, 'patient', case_id, clinician_id, patient_id, last_message_id, last_message_at from talks`,
    `insert into doctor_talk_read_states (case_id, clinician_id, message_id, read_up_to)
     select ${id('dddd', 'n')}, ${id('bbbb', clinicianOf)}, ${id('baba', 'n * 2')}, ${at('n')}
     from generate_series(0, ${cases - 1}) n`,
    `insert into messages (id, talk_id, case_id, clinician_id, patient_id, sender, body, send_key, created_at)
     select s.id, t.id, t.case_id, t.clinician_id, t.patient_id, 'patient', s.sealed, gen_random_uuid(),
       now() - n * interval '1 minute'
     from talks t cross join generate_series(1, ${busyMessages}) n join seed_sealed s on s.id = ${id('fafa', 'n')}
     where t.id = ${id('eeee', String(middle))}`,
    `insert into doctor_talk_messages (id, case_id, sender_id, body, send_key, created_at)
     select s.id, ${id('dddd', String(middle))}, ${id('bbbb', '1')}, s.sealed, gen_random_uuid(),
       now() - n * interval '1 minute'
     from generate_series(1, ${busyMessages}) n join seed_sealed s on s.id = ${id('bcbc', 'n')}`,
    `insert into files (id, case_id, size, sha256, media_type, kind)
     select ${id('cdcd', 'n')}, ${id('dddd', 'n')}, 1000, '\\x00', 'image/png', 'image'
     from generate_series(0, ${cases - 1}) n`,
    `insert into case_attachments (id, case_id, file_id, name, origin, added_by)
     select ${id('dcdc', 'n')}, ${id('dddd', 'n')}, ${id('cdcd', 'n')}, s.sealed, 'upload', ${id('bbbb', clinicianOf)}
     from generate_series(0, ${cases - 1}) n join seed_sealed s on s.id = ${id('dcdc', 'n')}`,
    'drop table seed_sealed',
    `insert into attachments (id, talk_id, case_id, clinician_id, patient_id, file_id, uploader, message_id, name, upload_key)
     select ${id('acac', 'n')}, ${id('eeee', 'n')}, ${id('dddd', 'n')}, ${id('bbbb', clinicianOf)}, ${id('cccc', 'n')},
       ${id('cdcd', 'n')}, 'patient', ${id('ffff', `n * ${messagesPerTalk}`)}, '\\x00', ${id('acac', 'n')}
     from generate_series(0, ${cases - 1}) n`,
    `insert into audit_events (id, at, actor_kind, actor_id, action, resource_type, resource_id, case_id, talk_id)
     select gen_random_uuid(), now() - k * interval '7 hours', 'clinician', t.clinician_id,
       case when k % 2 = 0 then 'talk.read' else 'message.sent' end, 'talk', t.id, t.case_id, t.id
     from talks t cross join generate_series(1, ${auditEventsPerTalk}) k`,
    'analyze',
  ];
  await laySealedRows(api);
  for (const step of steps) await sql.query(step);
  const { rows } = await sql.query<SeededTalk>(
    `select t.id as "talkId", t.case_id as "caseId", t.clinician_id as "clinicianId", c.email as "clinicianEmail",
       t.patient_id as "patientId", p.email as "patientEmail"
     from talks t join clinicians c on c.id = t.clinician_id join patients p on p.id = t.patient_id
     where t.id = ${id('eeee', String(middle))}`,
  );
  const [found] = rows;
  if (!found) throw new Error('The seed wrote no talk.');
  return found;
}

/** What the statements above write sealed, under the keys of its talks and cases. */
async function laySealedRows(api: TestApi): Promise<void> {
  const { cases, messagesPerTalk, busyMessages } = sizes;
  const id = (kind: string, number: number): string =>
    `0198${kind}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
  const count = (length: number): number[] => Array.from({ length }, (_, n) => n);
  const [talk, ofCase] = [(n: number) => id('eeee', n), (n: number) => id('dddd', n)];
  const talkKeys = await addDataKeys(api, 'talk', count(cases).map(talk));
  const caseKeys = await addDataKeys(api, 'case', count(cases).map(ofCase));
  const middle = cases / 2;
  const inTalks = count(cases * messagesPerTalk).map((n) => ({
    id: id('ffff', n),
    key: talkKeys.get(talk(Math.floor(n / messagesPerTalk))),
  }));
  const busy = count(busyMessages).map((n) => ({ id: id('fafa', n + 1), key: talkKeys.get(talk(middle)) }));
  const inCases = count(cases * 2).map((n) => ({
    id: id('baba', n),
    key: caseKeys.get(ofCase(Math.floor(n / 2))),
  }));
  const busyCase = count(busyMessages).map((n) => ({
    id: id('bcbc', n + 1),
    key: caseKeys.get(ofCase(middle)),
  }));
  const files = count(cases).map((n) => ({ id: id('dcdc', n), key: caseKeys.get(ofCase(n)) }));
  await laySealed(api, 'messages.body', [...inTalks, ...busy], 'words '.repeat(100));
  await laySealed(api, 'doctor_talk_messages.body', [...inCases, ...busyCase], 'words');
  await laySealed(api, 'case_attachments.name', files, 'knee.png');
}
