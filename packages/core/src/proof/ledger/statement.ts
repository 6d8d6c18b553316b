import { z } from "zod";
import type { Message } from "../../platform/message/message.ts";

/** What a statement may be about. */
export const EntryKind = z.enum([
  "consent.granted",
  "consent.renewed",
  "consent.withdrawn",
  "consent.invalidated",
  "opt-out.recorded",
  "opt-out.lifted",
  "opt-out.corrected",
  "suppression.recorded",
  "suppression.ended",
  "disclosure.published",
  "registry.edition",
  "rules.changed",
  "screening.batch",
  "scrub",
  "erasure",
  "access",
  "key.rotation",
  "record.adopted",
]);
export type EntryKind = z.infer<typeof EntryKind>;

/** What may be stated of people, and of the words that they are shown. */
export const StatementKind = EntryKind.extract([
  "consent.granted",
  "consent.renewed",
  "consent.withdrawn",
  "consent.invalidated",
  "opt-out.recorded",
  "opt-out.lifted",
  "opt-out.corrected",
  "suppression.recorded",
  "suppression.ended",
  "disclosure.published",
  "erasure",
]);
export type StatementKind = z.infer<typeof StatementKind>;

/** What a statement may say. Words of it stand on certificates, so that there are no others. */
export const ClaimName = z.enum([
  "kind",
  "organization",
  "consent",
  "event",
  "opt_out",
  "suppression",
  "disclosure",
  "erasure",
  "phone",
  "name",
  "email",
  "external_id",
  "seller",
  "purposes",
  "channels",
  "scope",
  "source",
  "placement",
  "channel",
  "at",
  "valid_until",
  "elements",
  "is_written",
  "is_proven",
  "act",
  "states",
  "ip",
  "user_agent",
  "url",
  "signature",
  "recording",
  "scan",
  "evidence",
  "reference",
  "note",
  "reason",
  "erased",
  "files",
  "subjects",
  "recorded_at",
  "recorded_by",
  "proposed_by",
  "replaced_by",
  "sequence",
  "previous",
]);
export type ClaimName = z.infer<typeof ClaimName>;

/**
 * What is stated, claim by claim: each is shown, kept back or erased by itself, for whoever sees the
 * statement alone sees a digest of it with a salt (RFC 9901).
 */
export type Claims = { [Name in ClaimName]?: unknown };

/** Those that say who somebody is, or how they were reached. The others are ids, words and times. */
export const PersonalClaim = ClaimName.extract([
  "phone",
  "name",
  "email",
  "external_id",
  "ip",
  "user_agent",
  "url",
  "signature",
  "recording",
  "scan",
  "evidence",
  "note",
]);
export type PersonalClaim = z.infer<typeof PersonalClaim>;

/** Where a statement stands among those of its subject: what shows that none in the middle is missing. */
export const chainClaims: readonly ClaimName[] = ["sequence", "previous"];

export const STATEMENT_TYPE = "ringfence-statement+sd-jwt";

/** A kind as messages select by it: of letters and underscores alone. */
export const toKindWord = (kind: unknown): string =>
  typeof kind === "string" ? kind.replaceAll(/[.-]/g, "_") : "";

/** What a statement is about, to be said. */
export const kindMessage = (kind: EntryKind): Message => ({
  key: "claim.kind.value",
  values: { value: toKindWord(kind) },
});

/** A page of statements, after the one of this id. */
export const ListStatements = z.object({
  after: z.guid().optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListStatements = z.infer<typeof ListStatements>;
