import { z } from "zod";

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
