import { VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useDelayed } from '../page/use-delayed.ts';
import { breakpoints } from '../theme/tokens.ts';
import tables from './data-table.module.css';
import type { DataColumn } from './data-table.tsx';
import classes from './table-skeleton.module.css';

type SkeletonColumn = Pick<DataColumn<unknown>, 'id' | 'header' | 'headerHidden'>;

export interface TableSkeletonProps {
  /** "Loading your cases": read, not drawn. */
  readonly label: string;
  /** The table's own columns, so that nothing moves when its rows arrive. */
  readonly columns: readonly SkeletonColumn[];
  readonly rows?: number;
}

const named = (count: number): readonly string[] => Array.from({ length: count }, (_, row) => `row-${row}`);

/** The shape of a `DataTable` on its way, or of its cards. It takes its room at once and shows itself after 150 ms. */
export const TableSkeleton = ({ label, columns, rows = 6 }: TableSkeletonProps) => {
  const shown = useDelayed(true);
  const narrow = useMediaQuery(`(width < ${breakpoints.sm})`, false, { getInitialValueInEffect: false });
  return (
    <div className={classes.root} aria-busy="true" data-shown={shown || undefined}>
      <VisuallyHidden>{shown ? label : ''}</VisuallyHidden>
      {narrow ? <Cards rows={rows} /> : <Rows columns={columns} rows={rows} />}
    </div>
  );
};

const Rows = ({ columns, rows }: Pick<TableSkeletonProps, 'columns'> & { readonly rows: number }) => (
  <table className={tables.table} aria-hidden="true">
    <thead>
      <tr>
        {columns.map(({ id, header, headerHidden }) => (
          <th key={id}>
            <span className={classes.heading}>{headerHidden ? null : header}</span>
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {named(rows).map((row) => (
        <tr key={row}>
          {columns.map(({ id }) => (
            <td key={id}>
              <span className={classes.cell}>
                <span className={classes.bar} />
                {id === columns[0]?.id && <span className={classes.bar} data-brief />}
              </span>
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

const Cards = ({ rows }: { readonly rows: number }) => (
  <div className={tables.cards} aria-hidden="true">
    {named(rows).map((row) => (
      <div key={row} className={tables.card}>
        <span className={classes.bar} data-title />
        <span className={classes.bar} />
        <span className={classes.bar} data-brief />
      </div>
    ))}
  </div>
);
