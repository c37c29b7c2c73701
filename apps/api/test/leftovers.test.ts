import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../src/db/database.ts';
import { sweepLeftovers } from '../src/jobs/leftovers.ts';
import { startApi, type TestApi } from './support/api.ts';
import { invite, newInvitee, verified } from './support/invitee.ts';
import { addCase, addClinician, addPractice } from './support/people.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** How many rows of a table tell where codes went and who asked for them. */
const counted = async (table: string): Promise<number> =>
  (await api.sql.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? 0;

test('what was needed to send codes is forgotten in time, and not before', async () => {
  const doctor = await addClinician(api, await addPractice(api));
  const invitee = newInvitee();
  const { token } = await invite(api, doctor, await addCase(doctor), invitee);
  await verified(api, token, invitee.mobile);
  const worker = openDatabase(api.deps.settings.JOBS_DATABASE_URL, 1, () => undefined);
  const tables = ['code_sends', 'verifications', 'deliveries where verification_id is not null'];
  const left = async () => {
    await sweepLeftovers(worker);
    return Promise.all(tables.map(counted));
  };
  try {
    expect(await left()).toEqual([1, 1, 1]);
    await api.sql.query(`update code_sends set sent_at = sent_at - interval '9 days'`);
    expect(await left()).toEqual([0, 1, 1]);
    await api.sql.query(`update verifications set created_at = created_at - interval '31 days'`);
    expect(await left()).toEqual([0, 0, 0]);
    expect(await counted('factor_ceremonies')).toBe(1);
    await api.sql.query(`update factor_ceremonies set expires_at = expires_at - interval '61 days'`);
    await left();
    expect(await counted('factor_ceremonies')).toBe(0);
  } finally {
    await worker.close();
  }
});
