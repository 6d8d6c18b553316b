import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "./icons";

export type Column<Row> = {
  key: string;
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  /** True for figures, which are aligned right so that digits can be compared. */
  isFigure?: boolean;
  /** True if the head sorts by this column. The page defines the order. */
  isSortable?: boolean;
  /** For stacked rows: the label before the value, or `full` for a line of its own. */
  narrow?: string;
};

export type Sort = { key: string; direction: "ascending" | "descending" };

type TableProps<Row> = {
  /** Name of the table, with its subject and order. */
  caption: string;
  /** The columns. The first one names the row. */
  columns: readonly [Column<Row>, ...Column<Row>[]];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Current order from the address, and the address of any other order. */
  sort?: { by: Sort; toHref: (sort: Sort) => Route };
  /** Stacks rows below 56rem; otherwise the table scrolls sideways. */
  isStack?: boolean;
};

/** Table of rows of one kind. It has no state: order, filters and the open row are in the address. */
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
              <td key={column.key} {...cellAttributes(column)}>
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
    // A scrollable area needs a name, and the keyboard has to reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="scroll" tabIndex={0} aria-label={caption}>
      {table}
    </section>
  );
}

function cellAttributes<Row>({ isFigure, narrow }: Column<Row>) {
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
      <Link className="sort" href={sort.toHref({ key, direction: next })}>
        {head}
        <Icon of={isCurrent ? arrows[sort.by.direction] : ChevronsUpDown} className="size-3" />
      </Link>
    </th>
  );
}

const arrows = { ascending: ArrowUp, descending: ArrowDown };
