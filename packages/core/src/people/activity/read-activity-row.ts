import type { Message } from "../../platform/message/index.ts";
import { type Phone, readPhone } from "../phone/index.ts";
import { type RejectedRow, readRow, rejected } from "../../platform/rows/index.ts";
import { type Activity, ActivityRow, type Item } from "./activity.ts";
import type { ActivityType, PropertyType, PropertyTypes } from "./activity-type.ts";
import { toDayNumber, toIsoDate } from "../../platform/time/index.ts";

/** Ways in which an activity identifies its person. The first that matches a contact decides. */
export type PersonReference = { externalId?: string; phone?: Phone; email?: string };

export type ReadActivityRow = {
  status: "read";
  line: number;
  externalId: string | undefined;
  /** Identifies the person. Has at least one of its fields. */
  reference: PersonReference;
  activity: Activity;
};

/** Context for reading: known types, country of numbers without `+`, and present time. */
export type ActivityContext = { types: readonly ActivityType[]; region: string; now: Date };

/** Reads an activity from a row, or says what is wrong with it. */
export function readActivityRow(
  line: number,
  sent: unknown,
  { types, region, now }: ActivityContext,
): ReadActivityRow | RejectedRow {
  const { row, fault } = readRow(ActivityRow, sent);
  if (fault) return rejected(line, fault.message, fault.path);
  if (row.at > now) {
    return rejected(line, { key: "activity.from-the-future", values: { at: row.at, now } }, "/at");
  }
  const type = types.find(({ key }) => key === row.type);
  if (type === undefined) return rejected(line, explainUnknownType(row.type, types), "/type");
  const read = readProperties(type.properties, row.properties);
  if (read.fault) return rejected(line, read.fault, `/properties/${read.name}`);

  const written = row.phone?.trim();
  const phone = written ? readPhone(written, (row.region ?? region).toUpperCase()) : null;
  if (phone && "fault" in phone) return rejected(line, phone.fault, "/phone");
  const reference: PersonReference = {
    ...(row.contact !== undefined && { externalId: row.contact }),
    ...(phone && { phone: phone.phone }),
    ...(row.email !== undefined && { email: row.email.toLowerCase() }),
  };
  if (Object.keys(reference).length === 0) return rejected(line, { key: "activity.nobody" });

  const amount = row.amount ?? sumPrices(row.items);
  if (row.type === "purchase" && amount === null) {
    return rejected(line, { key: "activity.amount-missing" }, "/amount");
  }
  const { externalId } = row;
  return {
    status: "read",
    line,
    externalId,
    reference,
    activity: toActivity(row, amount, read.properties),
  };
}

function toActivity(
  { type, at, category, items }: ActivityRow,
  amount: number | null,
  properties: Record<string, string | number | boolean>,
): Activity {
  const kept = items?.map(({ price, ...item }) => ({
    ...withoutUndefined(item),
    ...(price !== undefined && { price: Math.round(price * 100) }),
  }));
  return {
    type,
    at,
    amount: amount === null ? null : Math.round(amount * 100),
    category: category ?? findTopCategory(items),
    properties: { ...properties, ...(kept && { items: kept }) },
  };
}

const withoutUndefined = (item: Omit<Item, "price">) => ({
  quantity: item.quantity,
  ...(item.name !== undefined && { name: item.name }),
  ...(item.sku !== undefined && { sku: item.sku }),
  ...(item.category !== undefined && { category: item.category }),
});

/** Sums the prices of all pieces of the items. Null if no item has a price. */
function sumPrices(items: readonly Item[] = []): number | null {
  const priced = items.filter(({ price }) => price !== undefined);
  if (priced.length === 0) return null;
  return priced.reduce((sum, { price = 0, quantity }) => sum + price * quantity, 0);
}

/** Finds the category of the item on which most was spent. */
function findTopCategory(items: readonly Item[] = []): string | null {
  let most: { category: string; spent: number } | null = null;
  for (const { category, price = 0, quantity } of items) {
    const spent = price * quantity;
    if (category !== undefined && (most === null || spent > most.spent)) most = { category, spent };
  }
  return most?.category ?? null;
}

const explainUnknownType = (type: string, types: readonly ActivityType[]): Message => ({
  key: "activity.type-unknown",
  values: { type, known: types.map(({ key }) => key).join(", ") },
});

type Value = string | number | boolean;

type ReadProperties =
  | { properties: Record<string, Value>; fault?: never }
  | { fault: Message; name: string; properties?: never };

/** Converts properties to the types that the activity type defines. Values from files arrive as text. */
function readProperties(types: PropertyTypes, sent: Record<string, Value>): ReadProperties {
  const properties: Record<string, Value> = {};
  for (const [name, value] of Object.entries(sent)) {
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    if (type === undefined) {
      const known = Object.keys(types).join(", ");
      return { name, fault: { key: "activity.property-unknown", values: { name, known } } };
    }
    const read = readers[type](value);
    if (read === null) {
      const values = { name, type, value: String(value).slice(0, 60) };
      return { name, fault: { key: "activity.property-unread", values } };
    }
    properties[name] = read;
  }
  return { properties };
}

const readers: Record<PropertyType, (value: Value) => Value | null> = {
  text: (value) => String(value),
  number: (value) => {
    const isWritten = typeof value === "string" && /^-?\d{1,15}(\.\d{1,6})?$/.test(value);
    if (isWritten) return Number(value);
    return typeof value === "number" ? value : null;
  },
  date: (value) => {
    if (typeof value !== "string" || Number.isNaN(toDayNumber(value))) return null;
    return toIsoDate(toDayNumber(value)) === value ? value : null;
  },
  flag: (value) => {
    if (typeof value === "boolean") return value;
    if (value === "true" || value === "false") return value === "true";
    return null;
  },
};
