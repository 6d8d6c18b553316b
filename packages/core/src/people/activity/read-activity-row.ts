import type { Message } from "../../platform/message/index.ts";
import { type Phone, readPhone } from "../phone/index.ts";
import { type RejectedRow, readRow, rejected } from "../../platform/rows/index.ts";
import { type Activity, ActivityRow, type Item } from "./activity.ts";
import type { ActivityType, PropertyType, PropertyTypes } from "./activity-type.ts";
import { toDayNumber, toIsoDate } from "../../platform/time/index.ts";

/**
 * Fields by which a row names its person; `externalId` is the contact's. The first of these, in this order, that
 * matches a contact decides (`findPeople` looks for them).
 */
export type PersonReference = { externalId?: string; phone?: Phone; email?: string };

/** A row that could be read. */
export type ReadActivityRow = {
  status: "read";
  line: number;
  /** The sender's id of the activity, such as an order number. */
  externalId: string | undefined;
  /** Has at least one of its fields. */
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
  const {
    properties,
    fault: propertyFault,
    name,
  } = readProperties(type.properties, row.properties);
  if (propertyFault) return rejected(line, propertyFault, `/properties/${name}`);

  const phoneText = row.phone?.trim();
  const phone = phoneText ? readPhone(phoneText, (row.region ?? region).toUpperCase()) : null;
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
  return {
    status: "read",
    line,
    externalId: row.externalId,
    reference,
    activity: toActivity(row, amount, properties),
  };
}

/** Converts a row to an activity as it is stored, with amount and prices in hundredths, whatever the currency. */
function toActivity(
  { type, at, category, items }: ActivityRow,
  amount: number | null,
  properties: Record<string, string | number | boolean>,
): Activity {
  const storedItems = items?.map(({ price, ...item }) => ({
    ...withoutUndefined(item),
    ...(price !== undefined && { price: Math.round(price * 100) }),
  }));
  return {
    type,
    at,
    amount: amount === null ? null : Math.round(amount * 100),
    category: category ?? findCostliestItemCategory(items),
    // No property is called `items`: activity types cannot define one.
    properties: { ...properties, ...(storedItems && { items: storedItems }) },
  };
}

const withoutUndefined = (item: Omit<Item, "price">) => ({
  quantity: item.quantity,
  ...(item.name !== undefined && { name: item.name }),
  ...(item.sku !== undefined && { sku: item.sku }),
  ...(item.category !== undefined && { category: item.category }),
});

/** Sums the prices of all pieces of the items, as far as they have one. Null if no item has a price. */
function sumPrices(items: readonly Item[] = []): number | null {
  const priced = items.filter(({ price }) => price !== undefined);
  if (priced.length === 0) return null;
  return priced.reduce((sum, { price = 0, quantity }) => sum + price * quantity, 0);
}

/** Finds the category of the item on which most was spent, among those with a category; null if none has one. */
function findCostliestItemCategory(items: readonly Item[] = []): string | null {
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

type PropertiesOrFault =
  | { properties: Record<string, Value>; fault?: never; name?: never }
  | { fault: Message; name: string; properties?: never };

/** Converts properties to the types that the activity type defines. Values from files arrive as text. */
function readProperties(types: PropertyTypes, sent: Record<string, Value>): PropertiesOrFault {
  const properties: Record<string, Value> = {};
  for (const [name, value] of Object.entries(sent)) {
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    if (type === undefined) {
      const known = Object.keys(types).join(", ");
      return { name, fault: { key: "activity.property-unknown", values: { name, known } } };
    }
    const converted = converters[type](value);
    if (converted === null) {
      const values = { name, type, value: String(value).slice(0, 60) };
      return { name, fault: { key: "activity.property-unread", values } };
    }
    properties[name] = converted;
  }
  return { properties };
}

/** Each returns null for a value that is not of its type. */
const converters: Record<PropertyType, (value: Value) => Value | null> = {
  text: (value) => String(value),
  number: (value) => {
    const isNumeral = typeof value === "string" && /^-?\d{1,15}(\.\d{1,6})?$/.test(value);
    if (isNumeral) return Number(value);
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
