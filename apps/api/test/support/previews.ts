import type { PreviewState } from '@casetalk/contract';
import { vi } from 'vitest';
import type { TestApi } from './api.ts';

/** Waits until the preview of a talk's or a case's file is there, or known to be impossible. */
export const previewOf = ({ sql }: Pick<TestApi, 'sql'>, id: string): Promise<PreviewState> =>
  vi.waitUntil(
    async () => {
      const { rows } = await sql.query<{ preview: PreviewState }>(
        `select preview from files where preview <> 'making' and id in (
           select file_id from attachments where id = $1 union select coalesce(copy_id, file_id) from case_attachments where id = $1)`,
        [id],
      );
      return rows[0]?.preview;
    },
    { timeout: 20_000, interval: 50 },
  );
