import { z } from "zod";
import { AuditEntryId } from "../ids.ts";

/** What an entry tells of: that somebody looked, took a file away, or did something else. */
export const AuditKind = z.enum(["read", "taken", "done"]);
export type AuditKind = z.infer<typeof AuditKind>;

/** A page of the audit trail, the newest first. */
export const ListAudit = z.object({
  /** A phone as people write it: what was done with its data. */
  search: z.string().trim().max(64).optional(),
  kind: AuditKind.optional(),
  /** Whose acts. */
  memberId: z.uuid().optional(),
  /** `next` of the page before. */
  after: AuditEntryId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListAudit = z.infer<typeof ListAudit>;
