import { z } from "zod";
import { AuditEntryId } from "../ids.ts";
import type { Action } from "../access/index.ts";
import { storableText } from "../text/index.ts";

/** Kind of an audit entry: data was read, exported as a file, or changed. */
export const AuditKind = z.enum(["read", "taken", "done"]);
export type AuditKind = z.infer<typeof AuditKind>;

/** Asks for a page of the audit trail, newest first. */
export const ListAudit = z.object({
  /** A phone number in any format: finds what was done with its data. */
  search: z.string().trim().max(64).optional(),
  kind: AuditKind.optional(),
  /** Only entries of this member. */
  memberId: z.uuid().optional(),
  /** `next` of the previous page. */
  after: AuditEntryId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListAudit = z.infer<typeof ListAudit>;

const Exported = z.object({ exported: z.literal(true) });

/**
 * Classifies an audit entry by its action and details. `kindConditions` in services/desk/audit-log says the same in
 * SQL.
 */
export function classifyEntry(action: string, details: unknown): AuditKind {
  if (action.endsWith(".export") || Exported.safeParse(details).success) return "taken";
  return action.endsWith(".read") ? "read" : "done";
}

/** Reason for which a member downloads a file with people's data. */
export const ExportReason = z.object({ reason: storableText(500).min(10) });
export type ExportReason = z.infer<typeof ExportReason>;

/**
 * Lists that a page offers as a file, whose export `recordExport` audits. Other files have verbs of their own: a
 * segment, the calls of a campaign, the rows to fix of an import, and an evidence pack.
 */
const ExportedList = z.enum([
  "audit",
  "blocked-list",
  "contacts",
  "opt-outs",
  "reassigned-query",
  "registry-question",
  "scrub-result",
  "suppressions",
  "violations",
]);
export type ExportedList = z.infer<typeof ExportedList>;

/** The action that a member must be allowed to download each list. */
export const exportedLists = {
  audit: "audit.read",
  "blocked-list": "blocked-list.read",
  contacts: "contact.read",
  "opt-outs": "opt-out.read",
  "reassigned-query": "reassigned.ask",
  "registry-question": "registry.change",
  "scrub-result": "scrub.read",
  suppressions: "suppression.read",
  violations: "violation.read",
} as const satisfies Record<ExportedList, Action>;

/** Asks to take a list out as a file. */
export const ExportList = z.strictObject({
  list: ExportedList,
  ...ExportReason.shape,
});
