import type { Message } from "../../platform/message/index.ts";
import { dayOf, isoDateOf } from "../../platform/time/index.ts";
import type { PropertyType, PropertyTypes } from "./activity-type.ts";

type Value = string | number | boolean;

export type ReadProperties =
  | { properties: Record<string, Value>; fault?: never }
  | { fault: Message; name: string; properties?: never };

/** Properties by the types that they have to be of; what stands in a file is text, and is read. */
export function readProperties(types: PropertyTypes, sent: Record<string, Value>): ReadProperties {
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
    if (typeof value !== "string" || Number.isNaN(dayOf(value))) return null;
    return isoDateOf(dayOf(value)) === value ? value : null;
  },
  flag: (value) => {
    if (typeof value === "boolean") return value;
    if (value === "true" || value === "false") return value === "true";
    return null;
  },
};
