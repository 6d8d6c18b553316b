import { z } from "zod";
import type { Action } from "../access/index.ts";
import { storableText } from "../text/index.ts";

/** Reason for which a member downloads a file with people's data. */
export const ExportReason = z.object({ reason: storableText(500).min(10) });
export type ExportReason = z.infer<typeof ExportReason>;

/** The lists that a page gives as a file, and what one may do who may have them. */
export const exportedLists = {
  audit: "audit.read",
  "blocked-list": "blocked-list.read",
  contacts: "contact.read",
  "opt-outs": "opt-out.read",
  "reassigned-query": "reassigned.ask",
  "scrub-result": "scrub.read",
  suppressions: "suppression.read",
  violations: "violation.read",
} as const satisfies Record<string, Action>;

export type ExportedList = keyof typeof exportedLists;

export type ExportList = ExportReason & { list: ExportedList };
