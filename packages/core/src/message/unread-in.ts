import type { z } from "zod";

/**
 * Which fields of what was sent are not as a schema asks, by name; empty for the whole. For what must not
 * be lost to them: it is read without, and its answer says so.
 */
export function unreadIn(schema: z.ZodType, sent: unknown): string[] {
  const { error } = schema.safeParse(sent);
  const names = error?.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0
      ? issue.keys
      : [String(issue.path[0] ?? "")],
  );
  return [...new Set(names)];
}
