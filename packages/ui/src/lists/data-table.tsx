import { VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import { breakpoints } from '../theme/tokens.ts';
import classes from './data-table.module.css';

export interface DataColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** Null where a row has nothing to say; its card then leaves the line out. */
  readonly cell: (row: Row) => ReactNode;
  /** Its header is a button that sorts. */
  readonly sortable?: boolean;
  /** Names the row: its row header, and the title of its card. */
  readonly isTitle?: boolean;
  /** Numbers and times stand at the end. */
  readonly align?: 'start' | 'end';
  /** The header is for screen readers alone: a column of links needs no heading. */
  readonly headerHidden?: boolean;
}

export interface DataSort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

export interface DataTableProps<Row> {
  /** "Your cases": the table's name, read and not drawn. */
  readonly caption: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly sort?: DataSort | undefined;
  readonly onSort?: (sort: DataSort) => void;
}

const ariaSort = (sort: DataSort | undefined, column: string): DataSort['direction'] | 'none' =>
  sort?.column === column ? sort.direction : 'none';

interface HeaderProps<Row> extends Pick<DataTableProps<Row>, 'sort' | 'onSort'> {
  readonly column: DataColumn<Row>;
}

const Header = <Row,>({ column, sort, onSort }: HeaderProps<Row>) => {
  if (column.headerHidden === true) return <VisuallyHidden>{column.header}</VisuallyHidden>;
  if (column.sortable !== true || onSort === undefined) return column.header;
  const now = ariaSort(sort, column.id);
  const drawing = now === 'none' ? IconArrowsSort : now === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <button
      type="button"
      className={classes.sort}
      data-active={now !== 'none' || undefined}
      onClick={() =>
        onSort({ column: column.id, direction: now === 'ascending' ? 'descending' : 'ascending' })
      }
    >
      {column.header}
      <Icon of={drawing} size="sm" />
    </button>
  );
};

const Cards = <Row,>({ caption, columns, rows, rowId }: DataTableProps<Row>) => (
  <ul className={classes.cards} aria-label={caption}>
    {rows.map((row) => (
      <li key={rowId(row)} className={classes.card}>
        {columns
          .filter((column) => column.isTitle === true)
          .map((column) => (
            <div key={column.id} className={classes.cardTitle}>
              {column.cell(row)}
            </div>
          ))}
        <dl className={classes.facts}>
          {columns
            .filter((column) => column.isTitle !== true && column.headerHidden !== true)
            .map(({ id, header, cell }) => ({ id, header, content: cell(row) }))
            .filter(({ content }) => content !== null)
            .map(({ id, header, content }) => (
              <div key={id} className={classes.fact}>
                <dt>{header}</dt>
                <dd>{content}</dd>
              </div>
            ))}
        </dl>
        {columns
          .filter((column) => column.headerHidden === true)
          .map((column) => (
            <div key={column.id}>{column.cell(row)}</div>
          ))}
      </li>
    ))}
  </ul>
);

const Table = <Row,>({ caption, columns, rows, rowId, sort, onSort }: DataTableProps<Row>) => (
  <table className={classes.table}>
    <caption className={classes.caption}>{caption}</caption>
    <thead>
      <tr>
        {columns.map((column) => (
          <th
            key={column.id}
            scope="col"
            data-align={column.align}
            aria-sort={
              column.sortable === true && onSort !== undefined ? ariaSort(sort, column.id) : undefined
            }
          >
            <Header column={column} sort={sort} {...(onSort === undefined ? {} : { onSort })} />
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={rowId(row)}>
          {columns.map((column) =>
            column.isTitle === true ? (
              <th key={column.id} scope="row" data-align={column.align}>
                {column.cell(row)}
              </th>
            ) : (
              <td key={column.id} data-align={column.align}>
                {column.cell(row)}
              </td>
            ),
          )}
        </tr>
      ))}
    </tbody>
  </table>
);

/** Rows of facts: a real table where there is room, one card for each row where there is not. */
export const DataTable = <Row,>(props: DataTableProps<Row>) => {
  const narrow = useMediaQuery(`(width < ${breakpoints.sm})`, false, { getInitialValueInEffect: false });
  return narrow ? <Cards {...props} /> : <Table {...props} />;
};
