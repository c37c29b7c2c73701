import pg from 'pg';
import type { Size } from '../options.ts';
import { messageText } from './message-text.ts';
import { type BenchKey, benchVault, sealText } from './sealing.ts';

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

/** One message of every talk, at one time. */
const roundOfIds = `
  select uuidv7(sent.at - now()) as id
    from talk t cross join lateral
      (select now() - interval '30 days' + $1::int * interval '30 days' / ($2::int + 1) + t.n * interval '1 millisecond' as at) sent
    order by t.n`;
/** The sealed bodies come as one value, all of one length: an array of them would be spelt out byte by byte. */
const roundOfMessages = `
  insert into messages (id, talk_id, case_id, clinician_id, patient_id, sender, body, send_key, created_at)
    select made.id, t.id, t.case_id, t.clinician_id, t.patient_id,
      case when $1::int % 2 = 0 then 'clinician' else 'patient' end::portal, substring($4::bytea from 1 + $5 * t.n for $5),
      gen_random_uuid(),
      now() - interval '30 days' + $1::int * interval '30 days' / ($2::int + 1) + t.n * interval '1 millisecond'
    from unnest($3::uuid[]) with ordinality made (id, place) join talk t on t.n = made.place - 1
    order by t.n`;

const doctorTalk = `
  insert into doctor_talk_messages (id, case_id, sender_id, body, send_key, created_at)
    select made.id, t.case_id, t.clinician_id, substring($2::bytea from 1 + $3 * t.n for $3), gen_random_uuid(),
      now() - interval '5 days'
    from unnest($1::uuid[]) with ordinality made (id, place) join talk t on t.n = made.place - 1`;

const keys = `
  insert into data_keys (owner_id, owner_kind, vault_key_id, wrapped)
    select owner.id, $1, $2, substring($4::bytea from 1 + $5 * (owner.place - 1)::int for $5)
    from unnest($3::uuid[]) with ordinality owner (id, place)`;

const idsOf = async (client: pg.Client, query: string, values: unknown[] = []): Promise<string[]> =>
  (await client.query<{ id: string }>(query, values)).rows.map(({ id }) => id);

/** Makes a data key for each owner, as the API would with the first message. */
async function addKeys(
  client: pg.Client,
  vault: ReturnType<typeof benchVault>,
  kind: 'talk' | 'case',
  ownerIds: readonly string[],
): Promise<BenchKey[]> {
  const made = ownerIds.map((id) => vault.newKey(id));
  const wrapped = Buffer.concat(made.map((key) => key.wrapped));
  await client.query(keys, [kind, vault.keyId, ownerIds, wrapped, wrapped.length / made.length]);
  return made;
}

const sealAll = (
  table: string,
  rowKeys: readonly BenchKey[],
  ids: readonly string[],
  text: string,
): Buffer => {
  const plain = Buffer.from(text);
  return Buffer.concat(rowKeys.map((key, n) => sealText(key, table, 'body', ids[n] ?? '', plain)));
};

/** By time, not by talk: what one talk shows lies scattered over the table, as it does in life. */
async function fillTexts(client: pg.Client, rounds: number, vaultKey: string): Promise<void> {
  const vault = benchVault(vaultKey);
  const talkKeys = await addKeys(
    client,
    vault,
    'talk',
    await idsOf(client, 'select id from talk order by n'),
  );
  for (let round = 1; round <= rounds; round += 1) {
    const ids = await idsOf(client, roundOfIds, [round, rounds]);
    const sealed = sealAll('messages', talkKeys, ids, messageText);
    await client.query(roundOfMessages, [round, rounds, ids, sealed, sealed.length / ids.length]);
  }
  const caseIds = await idsOf(client, 'select case_id as id from talk order by n');
  const caseKeys = await addKeys(client, vault, 'case', caseIds);
  const ids = await idsOf(client, 'select uuidv7() as id from talk');
  const sealed = sealAll('doctor_talk_messages', caseKeys, ids, 'Please have a look at the pictures.');
  await client.query(doctorTalk, [ids, sealed, sealed.length / ids.length]);
}

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
 * @param product the version of the terms that every patient has accepted, and the API's VAULT_KEY
 */
export async function fillProduct(
  adminUrl: string,
  size: Size,
  product: { readonly termsVersion: string; readonly vaultKey: string },
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`create temp table sizes as select ${Math.trunc(size.talks)} as talks`);
    await client.query(preamble);
    for (const statement of people.split(';')) {
      await client.query(statement, statement.includes('$1') ? [product.termsVersion] : []);
    }
    await client.query(sessions);
    await client.query(cases);
    await fillTexts(client, Math.trunc(size.messages / size.talks), product.vaultKey);
    await client.query(talks);
    await client.query(audit);
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}
