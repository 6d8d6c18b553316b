import { z } from "zod";
import { JurisdictionId } from "./jurisdiction.ts";
import { RuleRow } from "./rule.ts";

/** A sentence in each language of the pages. */
const Sentence = z.strictObject({ en: z.string().min(1), ru: z.string().min(1) });

/**
 * A bill or a date that may change the law of a place. It judges no call: once it is law, it becomes a rule with dates
 * of its own.
 */
export const WatchItem = z.strictObject({
  id: z.string().regex(/^[A-Z]{2}(-[A-Z]{2})?\.[a-z0-9.-]+$/),
  jurisdiction: JurisdictionId,
  title: Sentence,
  /**
   * `draft`: published, but not before a parliament. `bill`: before one. `adopted`: law with a first day to come.
   * `sunset`: a law in force that ends unless somebody renews it.
   */
  status: z.enum(["draft", "bill", "adopted", "sunset"]),
  citation: z.string().min(1),
  /** The day on which it is expected to change the law; null if none is known. */
  expected_on: z.iso.date().nullable(),
  /** What changes on that day. */
  changes: Sentence,
  /** As for a rule. A: read in the law or bill itself. B: read about it. C: from memory. */
  confidence: z.enum(["A", "B", "C"]),
  sources: z.array(z.string()),
  reviewed_on: z.iso.date(),
  doubt: z.string().optional(),
  would_settle: z.string().optional(),
  /** Rules that it is about, which are then not listed a second time. */
  rules: z.array(z.string()).optional(),
  /** The rules that it would bring, where its text is known. One with the id of a present rule replaces that rule. */
  draft_rules: z.array(RuleRow).optional(),
});
export type WatchItem = z.infer<typeof WatchItem>;
