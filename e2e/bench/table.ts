import type { Row } from './figures/figure.ts';

/** `goal` and `ok` both reach the floor; `below` does not. */
function verdictOf({ target, value, failed }: Row): 'goal' | 'ok' | 'below' | 'failed' | '' {
  if (failed) return 'failed';
  if (target === undefined || value === undefined) return '';
  const reaches = (limit: number): boolean =>
    target.direction === 'at least' ? value >= limit : value <= limit;
  if (reaches(target.goal)) return 'goal';
  return reaches(target.floor) ? 'ok' : 'below';
}

function cellsOf(row: Row): string[] {
  const { target, figure, measured } = row;
  const bound = (limit: number): string =>
    target ? `${target.direction === 'at least' ? '≥' : '≤'} ${target.write(limit)}` : '';
  return [
    figure,
    target ? bound(target.floor) : '',
    target ? bound(target.goal) : '',
    verdictOf(row),
    measured,
  ];
}

/** The table of figures, in columns for a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [['FIGURE', 'FLOOR', 'GOAL', '', 'MEASURED'], ...rows.map(cellsOf)];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
