import type { z } from "zod";
import { type Fault, faultsOf } from "../message/index.ts";

export type ReadRow<T> = { row: T; fault?: never } | { fault: Fault; row?: never };

/** A row of many as its schema reads it, or the first thing that is wrong with it. */
export function readRow<T>(schema: z.ZodType<T>, sent: unknown): ReadRow<T> {
  const { data, error } = schema.safeParse(sent);
  if (!error) return { row: data };
  const [fault] = faultsOf(error, sent);
  return { fault: fault ?? { path: "", message: { key: "fault.other" } } };
}
