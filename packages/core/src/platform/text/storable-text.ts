import { z } from "zod";
import { said } from "../message/index.ts";

/** PostgreSQL stores neither a zero character nor half of a surrogate pair. */
export const isStorable = (text: string) => !text.includes("\0") && text.isWellFormed();

/** The nearest text that can be stored, of what must not be lost. */
export const mendText = (text: string) => text.toWellFormed().replaceAll("\0", "");

/** The same of all that JSON can hold. */
export function mendJson(value: unknown): unknown {
  if (typeof value === "string") return mendText(value);
  if (Array.isArray(value)) return value.map(mendJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [mendText(key), mendJson(inner)]),
  );
}

/** What people and their systems write, trimmed, of `maxLength` UTF-16 units at most. */
export const storableText = (maxLength: number) =>
  z.string().trim().max(maxLength).refine(isStorable, said("fault.odd-character"));
