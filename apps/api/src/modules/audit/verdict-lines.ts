import type { Tampering, Verdict } from './verify-chain.ts';

const number = (value: number): string => value.toLocaleString('en-US');
const counted = (value: number, one: string): string => `${number(value)} ${one}${value === 1 ? '' : 's'}`;

/** What was found, as sentences for whoever runs the verification. */
export function verdictLines(
  verdict: Verdict & { readonly anchorsFound: boolean },
  anchorsFile: string,
): string[] {
  const { rows, seals, anchors, unsealed, tampering, anchorsFound } = verdict;
  const checked = `Checked ${counted(rows, 'row')} in ${counted(seals, 'seal')} against ${counted(anchors, 'anchor')}.`;
  if (tampering) return [checked, `TAMPERED WITH: ${sentence(tampering)}`];
  return [
    checked,
    unsealed === 1 ? '1 row is not sealed yet.' : `${number(unsealed)} rows are not sealed yet.`,
    ...(anchorsFound
      ? []
      : [`No anchors at ${anchorsFile}: a chain made anew, or cut at its end, cannot be told.`]),
    'Nothing was tampered with.',
  ];
}

function sentence({ kind, rowId, seal, anchor }: Tampering): string {
  const anchored = anchor ? ` (anchored at ${anchor.at}: ${counted(anchor.rows, 'row')})` : '';
  switch (kind) {
    case 'changed':
      return `the row ${rowId} was changed after seal ${seal}.`;
    case 'removed':
      return `the row ${rowId}, sealed by ${seal}, is gone.`;
    case 'reordered':
      return `the row ${rowId} does not stand where seal ${seal} has it.`;
    case 'inserted':
      return `the row ${rowId} was put in among rows that were sealed before, at seal ${seal}.`;
    case 'sealBroken':
      return `seal ${seal} itself was changed or is gone.`;
    case 'cut':
      return `the chain ends before seal ${seal}${anchored}.`;
    default:
      return `the chain up to seal ${seal} is not the one that was written down${anchored}.`;
  }
}
