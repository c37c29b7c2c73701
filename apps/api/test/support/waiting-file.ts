import { newId } from '../../src/db/new-id.ts';
import type { TestApi } from './api.ts';

/** A file that waits in a talk to be sent by one side, as an upload leaves it; its bytes are another test's matter. */
export async function addWaitingFile(
  api: TestApi,
  talkId: string,
  uploader: 'clinician' | 'patient',
  size = 1000,
): Promise<string> {
  const [fileId, attachmentId] = [newId(), newId()];
  await api.sql.query(
    `insert into files (id, case_id, size, sha256, media_type, kind)
     select $1, case_id, $3, decode(repeat('ab', 32), 'hex'), 'image/png', 'image' from talks where id = $2`,
    [fileId, talkId, size],
  );
  const key = await api.deps.dataKeys.ensure({ kind: 'talk', id: talkId });
  const name = key.sealText('attachments.name', attachmentId, 'knee.png');
  await api.sql.query(
    `insert into attachments (id, talk_id, case_id, clinician_id, patient_id, file_id, uploader, name, upload_key)
     select $1, id, case_id, clinician_id, patient_id, $3, $4, $6, $5 from talks where id = $2`,
    [attachmentId, talkId, fileId, uploader, newId(), name],
  );
  return attachmentId;
}
