import { readFileSync } from 'node:fs';

/** One operation of docs/access-matrix.md: who gets in, by the heading of the column. */
export interface MatrixRow {
  readonly operation: string;
  readonly cells: Readonly<Record<string, string>>;
}

const page = new URL('../../../docs/access-matrix.md', import.meta.url);

/** The page that people read is what the attacks are measured against. */
export function readMatrix(): readonly MatrixRow[] {
  const lines = readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [head = [], , ...rows] = lines;
  return rows
    .filter(([operation = '']) => /^[a-z]/.test(operation))
    .map(([operation = '', , ...cells]) => ({
      operation,
      cells: Object.fromEntries(head.slice(2).map((name, index) => [name, cells[index] ?? ''])),
    }));
}
