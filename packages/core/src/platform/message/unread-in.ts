import type { z } from "zod";

/**
 * Which fields of what was sent are not as a schema asks, by their names with dots between; empty for the
 * whole. For what must not be lost to them: it is read without, and its answer says so.
 */
export function unreadIn(schema: z.ZodType, sent: unknown): string[] {
  const { error } = schema.safeParse(sent);
  const names = error?.issues.flatMap((issue) => {
    const keys = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [key]) : [[]];
    return keys.map((key) => [...issue.path, ...key].map(String).join("."));
  });
  return [...new Set(names)];
}
