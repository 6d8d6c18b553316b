import { z } from "zod";
import { csvLine } from "../../platform/csv/index.ts";

/**
 * A line of a file for dialers: a number that must not be called, and what blocks it. `scope` is that of an
 * opt-out, `suppressed` or `registry`; `reference` is the opt-out's reference, the reason of the suppression or
 * the code of the registry; `at` is when the opt-out or the suppression began, or the registry was last verified.
 */
export const BlockedPhone = z.object({
  phone: z.string(),
  scope: z.string(),
  seller: z.string().nullable(),
  purpose: z.string().nullable(),
  at: z.date(),
  reference: z.string(),
});
export type BlockedPhone = z.infer<typeof BlockedPhone>;

const header = ["phone", "scope", "seller", "purpose", "effective_at", "reference"];

export const BLOCKED_FILE_HEADER: string = csvLine(header);

/** Formats a line. `compareEditions` needs the number in its first column, and finds its date by the form of an instant. */
export const toBlockedLine = ({ phone, scope, seller, purpose, at, reference }: BlockedPhone) =>
  csvLine([phone, scope, seller ?? "", purpose ?? "", at.toISOString(), reference]);
