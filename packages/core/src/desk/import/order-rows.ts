import type { Mapping } from "./mapping.ts";

type Row = { line: number; cells: readonly string[] };

/** Whether a row goes on with the order of the row before: shops write a row for each item. */
export function continuesOrder({ columns }: Mapping, before: Row, row: Row): boolean {
  const column = columns.indexOf("activityId");
  const order = row.cells[column]?.trim();
  return Boolean(order) && before.cells[column]?.trim() === order;
}

/** Rows by the order that they are of; one without a number is an order by itself. */
export function ordersOf<R extends Row>(mapping: Mapping, rows: readonly R[]): R[][] {
  const orders: R[][] = [];
  for (const row of rows) {
    const last = orders.at(-1);
    const before = last?.at(-1);
    if (last && before && continuesOrder(mapping, before, row)) last.push(row);
    else orders.push([row]);
  }
  return orders;
}
