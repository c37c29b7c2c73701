import { readFileSync } from 'node:fs';
import { type OperationId, endpoints } from '@casetalk/contract';

export const actorNames = ['nobody', 'A', 'B', 'S', 'M', 'X', 'admin', 'P1', 'P2', 'flow'] as const;
export type ActorName = (typeof actorNames)[number];
export type Expectation = 'yes' | '401' | '404';

export interface Row {
  readonly operation: OperationId;
  readonly target: string;
  readonly cells: Readonly<Record<ActorName, Expectation>>;
}

/** Reads the table out of docs/access-matrix.md: the page that people read is the test's own source. */
export function readMatrix(): Row[] {
  const text = readFileSync(new URL('../../../../docs/access-matrix.md', import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => /^\| [a-z]/.test(line) && !line.startsWith('| operation'))
    .map((line) => {
      const [operation = '', target = '', ...cells] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      if (!(operation in endpoints))
        throw new Error(`The access matrix names ${operation}, which does not exist.`);
      return {
        operation: operation as OperationId,
        target,
        cells: Object.fromEntries(actorNames.map((name, index) => [name, cells[index]])) as Row['cells'],
      };
    });
}
