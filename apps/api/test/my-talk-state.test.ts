import type { CaseSummary, MyTalkState } from '@casetalk/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../src/db/new-id.ts';
import { startApi, type TestApi } from './support/api.ts';
import { addClinician, addPractice, type Someone } from './support/people.ts';
import { answer } from './support/result.ts';

const states = ['pending', 'opened', 'verified', 'accepted', 'expired', 'revoked', 'declined', 'reported'];
const deliveries = ['queued', 'sent', 'delivered', 'deferred', 'bounced', 'failed'];
const noOrYes = [false, true];
const combinations = states.flatMap((state) =>
  deliveries.flatMap((delivery) =>
    noOrYes.flatMap((tries) =>
      noOrYes.flatMap((help) =>
        noOrYes.flatMap((overdue) =>
          noOrYes.map((joined) => ({ state, delivery, tries, help, overdue, joined })),
        ),
      ),
    ),
  ),
);

let api: TestApi;
let doctor: Someone;

beforeAll(async () => {
  api = await startApi();
  const practice = await addPractice(api);
  doctor = await addClinician(api, practice);
  const rows = combinations.map((combination) => ({
    ...combination,
    caseId: newId(),
    talkId: newId(),
    earlierId: newId(),
    laterId: newId(),
  }));
  await api.sql.query(
    `with given as (select * from jsonb_to_recordset($1) as r (state text, delivery text, tries bool, help bool,
        overdue bool, joined bool, "caseId" uuid, "talkId" uuid, "earlierId" uuid, "laterId" uuid)),
      c as (insert into cases (id, practice_id, patient_name, patient_birth_date, title, description, created_by)
        select "caseId", $2, 'Ana Ruiz', '1988-04-17', 'Case', '', $3 from given),
      m as (insert into case_members (case_id, clinician_id, added_by) select "caseId", $3, $3 from given),
      t as (insert into talks (id, case_id, clinician_id, joined_at)
        select "talkId", "caseId", $3, case when joined then now() end from given)
    insert into invitations (id, case_id, talk_id, clinician_id, practice_id, email, language, state, delivery,
      code_tries_used, help_requested_at, created_at, expires_at)
    select "earlierId", "caseId", "talkId", $3, $2, 'a@example.com', 'en'::language, 'revoked'::invitation_state,
      'bounced'::mail_delivery, 10, now(),
      now() - interval '9 days', now() - interval '2 days' from given
    union all
    select "laterId", "caseId", "talkId", $3, $2, 'a@example.com', 'en', state::invitation_state,
      delivery::mail_delivery, case when tries then 10 else 9 end, case when help then now() end, now(),
      now() + case when overdue then interval '-1 minute' else interval '7 days' end from given`,
    [JSON.stringify(rows), practice, doctor.id],
  );
  const untouched = await doctor.client.createCase({
    body: { patientName: 'Ana Ruiz', patientBirthDate: '1988-04-17', title: 'Never invited' },
  });
  answer(untouched);
});
afterAll(() => api.close());

async function all(filter: { talk?: MyTalkState } = {}): Promise<CaseSummary[]> {
  const found: CaseSummary[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string | number> = { ...filter, limit: 100, ...(cursor ? { cursor } : {}) };
    const page: { data: CaseSummary[]; nextCursor: string | null } = answer(
      await doctor.client.listCases({ query }),
    );
    found.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

test('the list filters by the very state that it shows, for every standing an invitation can have', async () => {
  const everything = await all();
  expect(everything).toHaveLength(combinations.length + 1);
  for (const talk of ['notInvited', 'invited', 'needsAttention', 'active', 'ended'] as const) {
    const shown = everything.filter(({ myTalk }) => myTalk.state === talk).map(({ id }) => id);
    expect((await all({ talk })).map(({ id }) => id)).toEqual(shown);
  }
  expect(new Set(everything.map(({ myTalk }) => myTalk.state))).toEqual(
    new Set(['notInvited', 'invited', 'needsAttention', 'active']),
  );
});
