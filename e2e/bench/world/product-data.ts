import pg from 'pg';
import type { Size } from '../options.ts';
import { messageText } from './message-text.ts';

/** Talks of one clinician and of one patient, the same in both sizes: what a person sees must not grow with the rest. */
const talksPerClinician = 40;
const talksPerPatient = 5;
/** As many sessions in both sizes, so that what is remembered of sessions weighs alike. */
const patientSessions = 12_000;
const clinicianSessions = 2000;

/** What signs in a session of {@link fillProduct}; kept in its `device`, since such a database lives for minutes. */
const tokenOf = `'bench-' || uuidv7()`;

/**
 * Rows go in without the checks of foreign keys, which are right by the way they are made. Whoever does that is the
 * server's administrator.
 */
const preamble = `
  set session_replication_role = replica;
  set synchronous_commit = off;
  set maintenance_work_mem = '256MB';
  create temp table practice as select n, uuidv7() as id from generate_series(0, 19) n;
  create temp table clinician as select n, uuidv7() as id from generate_series(0, greatest(2, (select talks from sizes) / ${talksPerClinician}) - 1) n;
  create temp table patient as select n, uuidv7() as id from generate_series(0, greatest(1, (select talks from sizes) / ${talksPerPatient}) - 1) n;
  create temp table talk as
    select n, uuidv7() as id, uuidv7() as case_id,
      (select id from clinician c where c.n = t.n % (select count(*) from clinician)) as clinician_id,
      (select id from patient p where p.n = t.n % (select count(*) from patient)) as patient_id
    from generate_series(0, (select talks from sizes) - 1) t(n);
  analyze;`;

const people = `
  insert into practices (id, name, phone, welcome, reply_time)
    select id, 'Practice ' || n, '(415) 555-0110', '{"en":"Welcome.","es":"Bienvenido."}', '{"en":"within a day","es":"en un día"}'
    from practice;
  insert into clinicians (id, practice_id, name, email, role, job_title, phone, password_hash)
    select c.id, p.id, 'Dr Number ' || c.n, 'clinician' || c.n || '@example.com', 'doctor', 'Family physician',
      '+14155550' || 100 + c.n % 100, 'v1:none'
    from clinician c join practice p on p.n = c.n % 20;
  insert into patients (id, name, email, phone, phone_kind, language, password_hash, terms_version)
    select id, 'Patient Number ' || n, 'patient' || n || '@example.com', '+14155550' || 100 + n % 100, 'mobile', 'en',
      'v1:none', $1
    from patient`;

const sessions = `
  insert into sessions (id, portal, clinician_id, patient_id, token_hash, device, expires_at)
    select uuidv7(), portal, clinician_id, patient_id, sha256(convert_to(token, 'UTF8')), token, now() + interval '12 hours'
    from (
      select 'clinician'::portal as portal, id as clinician_id, null::uuid as patient_id, ${tokenOf} as token
        from generate_series(0, ${clinicianSessions - 1}) s(n) join clinician c on c.n = s.n % (select count(*) from clinician)
      union all
      select 'patient', null, id, ${tokenOf}
        from generate_series(0, ${patientSessions - 1}) s(n) join patient p on p.n = s.n % (select count(*) from patient)
    ) as made`;

const cases = `
  insert into cases (id, practice_id, patient_name, patient_birth_date, title, description, created_by, created_at, updated_at)
    select t.case_id, p.id, 'Patient Number ' || t.n, date '1950-01-01' + t.n % 20000, 'Case number ' || t.n,
      'Seen twice, a third visit is planned.', t.clinician_id, now() - interval '60 days', now() - t.n % 5000 * interval '10 minutes'
    from talk t join practice p on p.n = t.n % 20;
  -- Three clinicians work on each case, where there are as many.
  insert into case_members (case_id, clinician_id, added_by)
    select distinct t.case_id, c.id, t.clinician_id
    from talk t cross join generate_series(0, 2) step
    join clinician c on c.n = (t.n + step * 7) % (select count(*) from clinician)`;

/** By time, not by talk: what one talk shows lies scattered over the table, as it does in life. */
const messages = `
  insert into messages (id, talk_id, case_id, clinician_id, patient_id, sender, body, send_key, created_at)
    select uuidv7(sent.at - now()), t.id, t.case_id, t.clinician_id, t.patient_id,
      case when m % 2 = 0 then 'clinician' else 'patient' end::portal, $2, gen_random_uuid(), sent.at
    from generate_series(1, $1::int) m cross join talk t
    cross join lateral (select now() - interval '30 days' + m * interval '30 days' / ($1::int + 1) + t.n * interval '1 millisecond' as at) sent
    order by m, t.n`;

/** In every fourth talk the last two messages are unread. */
const talks = `
  insert into talks (id, case_id, clinician_id, patient_id, assurance, clinician_unread, patient_unread,
      last_message_id, last_message_at, joined_at, created_at)
    select t.id, t.case_id, t.clinician_id, t.patient_id, 'clinic', case when t.n % 4 = 0 then 1 else 0 end,
      case when t.n % 4 = 0 then 1 else 0 end, newest.id, newest.created_at, now() - interval '31 days', now() - interval '31 days'
    from talk t cross join lateral
      (select id, created_at from messages m where m.talk_id = t.id order by created_at desc, id desc limit 1) newest;
  insert into talk_read_states (talk_id, reader, case_id, clinician_id, patient_id, message_id, read_up_to, read_at)
    select t.id, reader, t.case_id, t.clinician_id, t.patient_id, seen.id, seen.created_at, seen.created_at + interval '1 hour'
    from talk t cross join unnest(array['clinician', 'patient']::portal[]) reader cross join lateral
      (select id, created_at from messages m where m.talk_id = t.id order by created_at desc, id desc
       offset case when t.n % 4 = 0 then 2 else 0 end limit 1) seen;
  insert into doctor_talk_messages (id, case_id, sender_id, body, send_key, created_at)
    select uuidv7(), case_id, clinician_id, 'Please have a look at the pictures.', gen_random_uuid(), now() - interval '5 days'
    from talk;
  insert into invitations (id, case_id, talk_id, clinician_id, practice_id, patient_id, email, language, state, delivery,
      assurance, created_at, expires_at, registered_at)
    select uuidv7(), t.case_id, t.id, t.clinician_id, c.practice_id, t.patient_id, 'patient@example.com', 'en', 'accepted',
      'delivered', 'clinic', now() - interval '32 days', now() - interval '25 days', now() - interval '31 days'
    from talk t join clinicians c on c.id = t.clinician_id`;

/** Everyone who sent a message left an audit row. */
const audit = `
  insert into audit_events (id, at, actor_kind, actor_id, action, resource_type, resource_id, case_id, talk_id, ip, request_id)
    select uuidv7(created_at - now()), created_at, sender::text, case sender when 'clinician' then clinician_id else patient_id end,
      'message.send', 'message', id, case_id, talk_id, '203.0.113.7', gen_random_uuid()
    from messages order by created_at`;

/**
 * Fills an empty, migrated database with so many talks and messages of 600 characters, and everyone who takes part,
 * signed in.
 * @param adminUrl connection string of the server's administrator to that database
 * @param termsVersion the version of the terms that every patient has accepted
 */
export async function fillProduct(adminUrl: string, size: Size, termsVersion: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`create temp table sizes as select ${Math.trunc(size.talks)} as talks`);
    await client.query(preamble);
    for (const statement of people.split(';')) {
      await client.query(statement, statement.includes('$1') ? [termsVersion] : []);
    }
    await client.query(sessions);
    await client.query(cases);
    await client.query(messages, [Math.trunc(size.messages / size.talks), messageText]);
    await client.query(talks);
    await client.query(audit);
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}
