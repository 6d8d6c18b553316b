import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "./icon";

export type Column<Row> = {
  key: string;
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Figures and what is compared digit by digit stand at the right. */
  isFigure?: boolean;
  /** Where the head sorts by it; the page decides what that means. */
  isSortable?: boolean;
  /** Where the table is a stack of rows: the word that stands before it, or `full` for a line of its own. */
  narrow?: string;
};

export type Sort = { key: string; direction: "ascending" | "descending" };

type TableProps<Row> = {
  /** Names the table, and says of what it is and in which order. */
  caption: string;
  /** The first one names the row. */
  columns: readonly [Column<Row>, ...Column<Row>[]];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The order that the address asks for, and the address of another. */
  sort?: { by: Sort; hrefOf: (sort: Sort) => Route };
  /** Below 56rem rows are stacked; without it the table scrolls sideways. */
  isStack?: boolean;
};

/** Rows of one kind. Order, filters and the open row are the address's, so it keeps nothing. */
export function Table<Row>({ caption, columns, rows, rowKey, sort, isStack }: TableProps<Row>) {
  const [first, ...rest] = columns;
  const table = (
    <table className={isStack ? "stack" : undefined}>
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <Head key={column.key} column={column} {...(sort && { sort })} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            <th scope="row">{first.cell(row)}</th>
            {rest.map((column) => (
              <td key={column.key} {...cellOf(column)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (isStack) return table;
  return (
    // What scrolls has to be reached by the keyboard, and named.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="scroll" tabIndex={0} aria-label={caption}>
      {table}
    </section>
  );
}

function cellOf<Row>({ isFigure, narrow }: Column<Row>) {
  const className = [isFigure && "figure", narrow === "full" && "full"].filter(Boolean).join(" ");
  return {
    ...(className && { className }),
    ...(narrow && narrow !== "full" && { "data-head": narrow }),
  };
}

type HeadProps<Row> = { column: Column<Row>; sort?: NonNullable<TableProps<Row>["sort"]> };

function Head<Row>({ column: { key, head, isFigure, isSortable }, sort }: HeadProps<Row>) {
  const className = isFigure ? "figure" : undefined;
  if (!isSortable || sort === undefined) {
    return (
      <th scope="col" className={className}>
        {head}
      </th>
    );
  }
  const isCurrent = sort.by.key === key;
  const next = isCurrent && sort.by.direction === "descending" ? "ascending" : "descending";
  return (
    <th scope="col" className={className} {...(isCurrent && { "aria-sort": sort.by.direction })}>
      <Link className="sort" href={sort.hrefOf({ key, direction: next })}>
        {head}
        <Icon of={isCurrent ? arrows[sort.by.direction] : ChevronsUpDown} className="size-3" />
      </Link>
    </th>
  );
}

const arrows = { ascending: ArrowUp, descending: ArrowDown };
