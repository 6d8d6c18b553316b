import { z } from "zod";
import type { AuditKind } from "./list-audit.ts";

const Exported = z.object({ exported: z.literal(true) });

/** Whether somebody looked, took a file away, or did something else: by the action and what is said with it. */
export function kindOfEntry(action: string, details: unknown): AuditKind {
  if (action.endsWith(".export") || Exported.safeParse(details).success) return "taken";
  return action.endsWith(".read") ? "read" : "done";
}
