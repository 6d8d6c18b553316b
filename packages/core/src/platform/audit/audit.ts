import { z } from "zod";
import { DAY_MS } from "../time/index.ts";
import { AuditEntryId, ContactId, PhoneId } from "../ids.ts";
import type { Action } from "../access/index.ts";
import { storableText } from "../text/index.ts";

/** Kind of an audit entry: data was read, exported as a file, or changed. */
export const AuditKind = z.enum(["read", "taken", "done"]);
export type AuditKind = z.infer<typeof AuditKind>;

/** Kind to search for. `access` is everything that showed data of people to somebody: views and exports. */
export const AuditKindFilter = z.enum(["access", ...AuditKind.options]);
export type AuditKindFilter = z.infer<typeof AuditKindFilter>;

/** An actor to search for: a member or an API key by id, or a job by its name. */
export const AuditActor = z.strictObject({
  type: z.enum(["member", "key", "job"]),
  id: z.string().min(1).max(64),
});
export type AuditActor = z.infer<typeof AuditActor>;

/** Asks for a page of the audit trail, newest first. */
export const ListAudit = z.object({
  /** A phone number in any format: finds what was done with its data. */
  search: z.string().trim().max(64).optional(),
  /** Only entries about this phone, or about a contact who has it. */
  phoneId: PhoneId.optional(),
  /** Only entries about this contact, or about one of their phones. */
  contactId: ContactId.optional(),
  kind: AuditKindFilter.optional(),
  /** Name of an action. An old entry may have one that no longer exists. */
  action: z.string().max(64).optional(),
  actor: AuditActor.optional(),
  /** Not before this time. */
  from: z.date().optional(),
  /** Before this time. */
  until: z.date().optional(),
  /** `next` of the previous page. */
  after: AuditEntryId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListAudit = z.infer<typeof ListAudit>;

/** The most days of which `ListReads` answers: it also looks through all live screenings of these days. */
export const MAX_READ_DAYS = 31;

/** Asks whose data a member or an API key read in a span of time, by people, the latest read first. */
export const ListReads = z
  .object({
    actor: AuditActor.extend({ type: z.enum(["member", "key"]), id: z.uuid() }),
    from: z.date(),
    until: z.date(),
    /** `next` of the previous page. */
    after: z.uuid().optional(),
    limit: z.int().min(1).max(200).default(50),
  })
  .refine(({ from, until }) => until.getTime() - from.getTime() <= (MAX_READ_DAYS + 1) * DAY_MS);
export type ListReads = z.infer<typeof ListReads>;

const Exported = z.object({ exported: z.literal(true) });

/** Actions that hand out data of people as a file or to a dialer, and whose name does not end in `.export`. */
export const handOutActions = [
  "access-report.make",
  "campaign.hand-over",
  "evidence-pack.make",
] as const satisfies readonly Action[];

/** Actions that show data of people, and whose name ends neither in `.read` nor in `.prove`. */
export const viewActions = ["screening.run"] as const satisfies readonly Action[];

/**
 * Classifies an audit entry by its action and details. `kindConditions` in services/desk/audit-log says the same in
 * SQL. To open the proof of a consent or opt-out is to view it, because a proof names the phone. The only screenings in
 * the trail are what-ifs: live ones are records of their own.
 */
export function classifyEntry(action: string, details: unknown): AuditKind {
  const isHandedOut = handOutActions.some((name) => name === action);
  if (isHandedOut || action.endsWith(".export") || Exported.safeParse(details).success)
    return "taken";
  const isViewed = viewActions.some((name) => name === action);
  return isViewed || /\.(read|prove)$/.test(action) ? "read" : "done";
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
  "calls",
  "complaints",
  "consents",
  "contacts",
  "opt-outs",
  "reassigned-query",
  "registry-question",
  "screenings",
  "scrub-result",
  "suppressions",
  "violations",
]);
export type ExportedList = z.infer<typeof ExportedList>;

/** The action that a member must be allowed to download each list. */
export const exportedLists = {
  audit: "audit.read",
  "blocked-list": "blocked-list.read",
  calls: "call.read",
  complaints: "complaint.read",
  // Agents and marketers may read consents one by one, but not download a file of all numbers.
  consents: "consent.prove",
  contacts: "contact.read",
  "opt-outs": "opt-out.read",
  "reassigned-query": "reassigned.ask",
  "registry-question": "registry.change",
  screenings: "screening.list",
  "scrub-result": "scrub.read",
  suppressions: "suppression.read",
  violations: "violation.read",
} as const satisfies Record<ExportedList, Action>;

/** Asks to take a list out as a file. */
export const ExportList = z.strictObject({
  list: ExportedList,
  ...ExportReason.shape,
});
