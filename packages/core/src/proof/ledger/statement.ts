import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";

/** Kinds of entries about people and disclosures, which are issued as SD-JWT statements. */
export const StatementKind = z.enum([
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

/** Kinds of entries on the ledger. */
export const EntryKind = z.enum([
  ...StatementKind.options,
  "registry.edition",
  "rules.changed",
  "policy.published",
  "screening.batch",
  "scrub",
  "access",
  "retention.sweep",
  "audit.digest",
  "key.rotation",
  "record.adopted",
]);
export type EntryKind = z.infer<typeof EntryKind>;

/**
 * Names of all claims. Certificates have a label for each, so the list is closed. certificate-layout.ts says which are
 * printed.
 */
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
 * Claims of a statement. Each can be shown, withheld or erased separately, because the statement itself contains only a
 * salted digest of it (RFC 9901).
 */
export type Claims = { [Name in ClaimName]?: unknown };

/**
 * Claims that identify a person or say how they were reached. An officer can erase them one by one. The erasure of a
 * person erases all claims of their statements, these and the others.
 */
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

/** Claims that link the statements of a subject into a chain, so that none in the middle can be missing. */
export const chainClaims: readonly ClaimName[] = ["sequence", "previous"];

/** The type of a statement of a `StatementKind` (SD-JWT), and of any other, which contains nothing personal (JWS). */
export const STATEMENT_TYPE = "ringfence-statement+sd-jwt";
export const PLAIN_STATEMENT_TYPE = "ringfence-statement+jwt";

/** Converts a kind to the word by which messages select: letters and underscores only. */
export const toKindWord = (kind: unknown): string =>
  typeof kind === "string" ? kind.replaceAll(/[.-]/g, "_") : "";

/** Formats the claim that names a recording or scan: the SHA-256 that `sha256sum` prints for the same bytes. */
export const formatFileHash = (sha256Hex: string): string => `sha256:${sha256Hex}`;

/** Reads the instant of a claim; null if the claim is withheld, or is no instant. */
export function readInstant(value: unknown): Date | null {
  const at = new Date(typeof value === "string" ? value : Number.NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** Creates the message that names a kind. */
export const kindMessage = (kind: EntryKind): Message => ({
  key: "claim.kind.value",
  values: { value: toKindWord(kind) },
});

/** Asks for a page of statements, newest first. */
export const ListStatements = z.object({
  /** `next` of the previous page. */
  after: z.guid().optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListStatements = z.infer<typeof ListStatements>;
