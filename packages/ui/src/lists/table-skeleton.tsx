import { VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useDelayed } from '../page/use-delayed.ts';
import { breakpoints } from '../theme/tokens.ts';
import tables from './data-table.module.css';
import classes from './table-skeleton.module.css';

export interface TableSkeletonProps {
  /** "Loading your cases": read, not drawn. */
  readonly label: string;
  /** The table's headings, so that nothing moves when its rows arrive; an empty text where none is drawn. */
  readonly headings: readonly string[];
  readonly rows?: number;
}

const named = (count: number): readonly string[] => Array.from({ length: count }, (_, row) => `row-${row}`);

/** The shape of a `DataTable` on its way, or of its cards. It takes its room at once and shows itself after 150 ms. */
export const TableSkeleton = ({ label, headings, rows = 6 }: TableSkeletonProps) => {
  const shown = useDelayed(true);
  const narrow = useMediaQuery(`(width < ${breakpoints.sm})`, false, { getInitialValueInEffect: false });
  return (
    <div className={classes.root} aria-busy="true" data-shown={shown || undefined}>
      <VisuallyHidden>{shown ? label : ''}</VisuallyHidden>
      {narrow ? <Cards rows={rows} /> : <Rows headings={headings} rows={rows} />}
    </div>
  );
};

const Rows = ({ headings, rows }: Pick<TableSkeletonProps, 'headings'> & { readonly rows: number }) => (
  <table className={tables.table} aria-hidden="true">
    <thead>
      <tr>
        {headings.map((heading, column) => (
          <th key={`${column} ${heading}`}>{heading}</th>
        ))}
      </tr>
    </thead>
    <tbody>
      {named(rows).map((row) => (
        <tr key={row}>
          {headings.map((heading, column) => (
            <td key={`${column} ${heading}`}>
              <span className={classes.cell}>
                <span className={classes.bar} />
                {column === 0 && <span className={classes.bar} data-brief />}
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
