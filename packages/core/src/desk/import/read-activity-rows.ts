import {
  type ActivityContext,
  type ReadActivityRow,
  readActivityRow,
} from "../../people/activity/index.ts";
import { type ReadContactRow, readContactRow } from "../../people/contact/index.ts";
import type { Message } from "../../platform/message/index.ts";
import { type RejectedRow, rejected } from "../../platform/rows/index.ts";
import { type Cells, readAmount, readCells } from "./cells.ts";
import type { Mapping } from "./mapping.ts";
import { repairPhone } from "./repair-phone.ts";
import { readTime } from "./read-time.ts";

type OrderRow = { line: number; cells: readonly string[] };

/** An activity and its person as the file describes them. The person may be new. */
export type ReadActivityCells = ReadActivityRow & { person: ReadContactRow | RejectedRow };

/**
 * Reads an activity from the rows of one order. What concerns the whole order is read from the first row that has
 * it, except the person's name, which the first row alone gives; each row may have an item. The activity, or its
 * fault, is about the line of the first row. A canceled order is rejected.
 */
export function readActivityCells(
  rows: readonly [OrderRow, ...OrderRow[]],
  mapping: Mapping,
  world: ActivityContext,
): ReadActivityCells | RejectedRow {
  const [{ line }] = rows;
  const all = rows.map(({ cells }) => readCells(mapping, cells));
  const one: Cells["one"] = (field) => all.map((cells) => cells.one(field)).find(Boolean);

  const status = one("canceledAt") ?? one("status");
  if (one("canceledAt") !== undefined || isCanceled(status)) {
    return rejected(
      line,
      { key: "activity.order-void", values: { status: status ?? "" } },
      "/status",
    );
  }
  const at = readTime(one("at") ?? "", mapping);
  if (at.fault) return rejected(line, at.fault, "/at");
  const phone = repairPhone(one("phone") ?? "");
  if (phone.fault) return rejected(line, phone.fault, "/phone");
  const amount = parseNumber(one("amount"), "activity.amount-unread");
  if (amount.fault) return rejected(line, amount.fault, "/amount");
  const items = all.map(readItem);
  const faulty = items.find((item) => item?.fault);
  if (faulty?.fault) return rejected(line, faulty.fault, faulty.path);

  const sent = {
    externalId: one("activityId"),
    contact: one("externalId"),
    phone: phone.text || undefined,
    email: one("email"),
    type: one("activityType"),
    at: at.at.toISOString(),
    amount: amount.value,
    category: one("category"),
    items: items.flatMap((item) => item?.item ?? []),
  };
  const read = readActivityRow(
    line,
    { ...sent, ...(sent.items.length === 0 && { items: undefined }) },
    {
      ...world,
      region: mapping.region,
    },
  );
  if (read.status === "rejected") return read;
  const [first] = all;
  const person = {
    externalId: sent.contact,
    name: first?.all("name").join(" "),
    email: sent.email,
    phones: phone.text ? [phone.text] : [],
  };
  return { ...read, person: readContactRow(line, person, mapping.region) };
}

/** Statuses of orders that were canceled, refunded or not paid. */
const canceledStatuses =
  /^(wc-)?(cancell?ed|voided|refunded|failed|expired|trash|отмен(а|е[нн]|ён)(о|а)?|возврат|сделка провалена|провал(ена)?)$/i;
const isCanceled = (status: string | undefined) =>
  status !== undefined && canceledStatuses.test(status.trim());

type Read = { value: number | undefined; fault?: never } | { fault: Message; value?: never };

function parseNumber(
  cell: string | undefined,
  key: "activity.amount-unread" | "activity.quantity-unread",
): Read {
  if (cell === undefined) return { value: undefined };
  const value = readAmount(cell);
  return value === null ? { fault: { key, values: { value: cell.slice(0, 60) } } } : { value };
}

function readItem(cells: Cells) {
  const [name, sku] = [cells.one("itemName"), cells.one("itemSku")];
  if (name === undefined && sku === undefined) return null;
  const quantity = parseNumber(cells.one("itemQuantity"), "activity.quantity-unread");
  if (quantity.fault) return { fault: quantity.fault, path: "/itemQuantity" };
  const price = parseNumber(cells.one("itemPrice"), "activity.amount-unread");
  if (price.fault) return { fault: price.fault, path: "/itemPrice" };
  const category = cells.one("itemCategory");
  return { item: { name, sku, category, quantity: quantity.value, price: price.value } };
}

/**
 * True if a row has the same order number as the row before: shops write a row for each item. False if it has none, or
 * the file has no such column.
 */
export function continuesOrder({ columns }: Mapping, before: OrderRow, row: OrderRow): boolean {
  const column = columns.indexOf("activityId");
  const order = row.cells[column]?.trim();
  return Boolean(order) && before.cells[column]?.trim() === order;
}

/** Groups adjacent rows by order. A row without an order number is an order of its own. */
export function groupByOrder<R extends OrderRow>(mapping: Mapping, rows: readonly R[]): R[][] {
  const orders: R[][] = [];
  for (const row of rows) {
    const last = orders.at(-1);
    const before = last?.at(-1);
    if (last && before && continuesOrder(mapping, before, row)) last.push(row);
    else orders.push([row]);
  }
  return orders;
}
