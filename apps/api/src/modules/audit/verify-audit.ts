import { readOneMoment } from '../../db/one-moment.ts';
import { readAnchors } from './anchors.ts';
import { openRecords } from './records.repository.ts';
import { type Verdict, verifyChain } from './verify-chain.ts';

/**
 * Holds the whole audit against its chain, and the chain against its anchors.
 * @param url connection string of a login that may read the audit and its seals
 * @returns the verdict; `anchorsFound` is false when there is no file of anchors at all
 */
export async function verifyAudit(
  url: string,
  anchorsFile: string,
): Promise<Verdict & { readonly anchorsFound: boolean }> {
  const anchors = await readAnchors(anchorsFile);
  const verdict = await readOneMoment(url, async (tx) => verifyChain(await openRecords(tx, anchors ?? [])));
  return { ...verdict, anchorsFound: anchors !== undefined };
}
