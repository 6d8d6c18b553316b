import { z } from "zod";
import { JurisdictionId } from "./jurisdiction.ts";
import { RuleRow } from "./rule.ts";

/** A sentence in each language of the user interface. */
const Sentence = z.strictObject({ en: z.string().min(1), ru: z.string().min(1) });

/**
 * A bill, or a date on which the law of a place may change. No call is judged by it. Once it is law, it becomes a rule
 * with its own dates.
 */
export const WatchItem = z.strictObject({
  id: z.string().regex(/^[A-Z]{2}(-[A-Z]{2})?\.[a-z0-9.-]+$/),
  jurisdiction: JurisdictionId,
  title: Sentence,
  /**
   * `draft`: published, but not introduced. `bill`: introduced, but not adopted. `adopted`: a law whose first day is in
   * the future. `sunset`: a law in force that ends unless it is renewed.
   */
  status: z.enum(["draft", "bill", "adopted", "sunset"]),
  citation: z.string().min(1),
  /** Day on which the law is expected to change; null if it is not known. */
  expected_on: z.iso.date().nullable(),
  /** Description of the change. */
  changes: Sentence,
  /** Mark, as for a rule. A: read in the law or bill itself. B: from reports. C: from memory. */
  confidence: z.enum(["A", "B", "C"]),
  sources: z.array(z.string()),
  reviewed_on: z.iso.date(),
  doubt: z.string().optional(),
  would_settle: z.string().optional(),
  /** Ids of rules that the item covers, so that they are not listed twice. */
  rules: z.array(z.string()).optional(),
  /** Rules of the bill, if its text is known. A rule with the id of a present rule replaces it. */
  draft_rules: z.array(RuleRow).optional(),
  /** Why it has no draft rules, so that its effect on calls cannot be computed. */
  no_draft: Sentence.optional(),
});
export type WatchItem = z.infer<typeof WatchItem>;
