import type { z } from "zod";
import { keySaid, type Message } from "../message/index.ts";

/** What is wrong with a row, and in which of its fields. */
export type RowFault = { field: string; message: Message };

export type ReadRow<T> = { row: T; fault?: never } | { fault: RowFault; row?: never };

/** A row of many as its schema reads it, or the first thing that is wrong with it. */
export function readRow<T>(schema: z.ZodType<T>, row: unknown): ReadRow<T> {
  const read = schema.safeParse(row, { reportInput: true });
  if (read.success) return { row: read.data };

  const [issue] = read.error.issues;
  const field = issue?.path.join(".") ?? "";
  const key = keySaid(issue?.message ?? "") ?? "row.field-invalid";
  return { fault: { field, message: { key, values: { field, value: shown(issue?.input) } } } };
}

const MOST_SHOWN = 60;

/** A value as a sentence quotes it: what is no text or number is not quoted. */
function shown(value: unknown): string {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "…";
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
