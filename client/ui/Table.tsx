// A table with a head that stays in sight, numbers to the right, and columns one can sort by.
import { Fragment, type Key, type ReactNode } from 'react';
import { cx } from './cx.ts';
import { ChevronDownIcon, ChevronUpIcon } from './icons.ts';
import './Table.css';

export type Column<Row> = {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Right-aligned, digits of one width. */
  readonly numeric?: boolean;
  /** Names its row for screen readers; one column has it. */
  readonly isRowHeader?: boolean;
  readonly sortable?: boolean;
  /** A CSS width such as `8rem`. */
  readonly width?: string;
  /** The title is only for screen readers. */
  readonly hideTitle?: boolean;
};

export type Sort = { readonly column: string; readonly descending: boolean };

export type TableProps<Row> = {
  /** Says what the table holds; read by screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => Key;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly dense?: boolean;
  /** Shown instead of rows when there are none. */
  readonly empty?: ReactNode;
  /** More of a row, in a line of its own below it; null: the row is closed. */
  readonly detail?: (row: Row) => ReactNode;
  readonly className?: string;
};

/** A plain HTML table: screen readers have their own commands for it, which a grid would take away. */
export function Table<Row>({ label, columns, rows, rowKey, sort, onSort, dense, empty, detail, className }: TableProps<Row>) {
  return (
    // The frame scrolls sideways, so a keyboard must be able to reach it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls needs a tab stop
    <section className={cx('table-frame', className)} aria-label={label} tabIndex={0}>
      <table className={cx('table', dense && 'table-dense')}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const more = detail?.(row) ?? null;
            return (
              <Fragment key={rowKey(row)}>
                <tr>
                  {columns.map((column) =>
                    column.isRowHeader ? (
                      <th key={column.id} scope="row" className="table-row-head">
                        {column.cell(row)}
                      </th>
                    ) : (
                      <td key={column.id} className={cx(column.numeric && 'table-number')}>
                        {column.cell(row)}
                      </td>
                    ),
                  )}
                </tr>
                {more === null ? null : (
                  <tr>
                    <td colSpan={columns.length} className="table-detail">
                      {more}
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
          {rows.length === 0 && empty ? (
            <tr>
              <td colSpan={columns.length} className="table-empty">
                {empty}
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  );
}

type HeadCellProps<Row> = {
  readonly column: Column<Row>;
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
};

function HeadCell<Row>({ column, sort, onSort }: HeadCellProps<Row>) {
  const sorted = sort?.column === column.id;
  const style = column.width ? { width: column.width } : undefined;
  if (!column.sortable || !onSort) {
    return (
      <th scope="col" className={cx(column.numeric && 'table-number')} style={style}>
        {column.hideTitle ? <span className="visually-hidden">{column.title}</span> : column.title}
      </th>
    );
  }
  const direction = sorted ? (sort.descending ? 'descending' : 'ascending') : 'none';
  return (
    <th scope="col" aria-sort={direction} className={cx(column.numeric && 'table-number')} style={style}>
      <button type="button" className="table-sort" onClick={() => onSort({ column: column.id, descending: sorted && !sort.descending })}>
        {column.title}
        {sorted ? sort.descending ? <ChevronDownIcon /> : <ChevronUpIcon /> : null}
      </button>
    </th>
  );
}
