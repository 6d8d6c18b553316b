import { z } from "zod";

/** What may be stated of people, and of the words that they are shown. */
export const StatementKind = z.enum([
  "consent.granted",
  "consent.renewed",
  "consent.withdrawn",
  "consent.invalidated",
  "opt-out.recorded",
  "opt-out.lifted",
  "opt-out.corrected",
  "disclosure.published",
  "erasure",
]);
export type StatementKind = z.infer<typeof StatementKind>;

/**
 * What a statement says, claim by claim: each is shown, kept back or erased by itself, for whoever
 * sees the statement alone sees a digest of it with a salt (RFC 9901).
 */
export type Claims = { [claim: string]: unknown };

/** Those that say who somebody is, or how they were reached. The others are ids, words and times. */
export const PersonalClaim = z.enum([
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
export const chainClaims = ["sequence", "previous"] as const;

export const STATEMENT_TYPE = "ringfence-statement+sd-jwt";
