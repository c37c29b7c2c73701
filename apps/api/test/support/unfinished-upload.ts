import { newId } from '../../src/db/new-id.ts';
import type { TestApi } from './api.ts';

/** A resumable upload of a patient's to her talk, of which nothing has arrived; the only one she has. */
export async function addUnfinishedUpload(api: TestApi, talkId: string, patientId: string): Promise<string> {
  const id = newId();
  const key = await api.deps.dataKeys.ensure({ kind: 'talk', id: talkId });
  await api.sql.query('delete from resumable_uploads where owner_id = $1', [patientId]);
  await api.sql.query(
    `insert into resumable_uploads (id, owner_kind, owner_id, case_id, talk_id, name, size, upload_key, expires_at)
     select $1, 'patient', $3, case_id, id, $4, 1000000, $5, now() + interval '1 day' from talks where id = $2`,
    [id, talkId, patientId, key.sealText('resumable_uploads.name', id, 'knee.png'), newId()],
  );
  return id;
}
