import type { DataKey } from '../../vault/data-key.ts';
import type { DataKeys } from '../../vault/data-keys.ts';

interface InTalk {
  readonly id: string;
  readonly talkId: string;
  readonly name: Buffer;
}
interface InCase {
  readonly id: string;
  readonly caseId: string;
  readonly name: Buffer;
}
type Named<R> = Omit<R, 'name'> & { readonly name: string };

/** In a talk a file's name is sealed with the talk's key. @throws SealBroken */
export const openTalkFile = <R extends InTalk>(key: DataKey, row: R): Named<R> => ({
  ...row,
  name: key.openText('attachments.name', row.id, row.name),
});

/** On a case a file's name is sealed with the case's key, wherever it came from. @throws SealBroken */
export const openCaseFile = <R extends InCase>(key: DataKey, row: R): Named<R> => ({
  ...row,
  name: key.openText('case_attachments.name', row.id, row.name),
});

/** @throws SealBroken */
export async function openTalkFiles<R extends InTalk>(
  keys: DataKeys,
  rows: readonly R[],
): Promise<Named<R>[]> {
  const keyOf = await keys.all(rows.map(({ talkId }) => talkId));
  return rows.flatMap((row) => {
    const key = keyOf.get(row.talkId);
    return key ? [openTalkFile(key, row)] : [];
  });
}
