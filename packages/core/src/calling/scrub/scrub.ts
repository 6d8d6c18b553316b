import { z } from "zod";
import { ScrubId } from "../../platform/ids.ts";
import { ReasonCode, ScreenCall } from "../screening/index.ts";
import { RunStatus } from "../../platform/run/index.ts";

/** Settings of a scrub: the column of numbers, and the calls to screen for (contract 9). */
export const ScrubSettings = z.object({
  /** Column name, or column number from 1. Default: the column that is named like a phone. */
  phoneColumn: z.string().min(1).max(200).optional(),
  /** True if the first row has the names of the columns. */
  header: z.boolean().default(true),
  ...ScreenCall.pick({ region: true, purpose: true, seller: true, dialer: true, at: true }).shape,
});
export type ScrubSettings = z.infer<typeof ScrubSettings>;

/** Counts of the rows of a finished scrub. */
export const ScrubCounts = z.object({
  allow: z.int(),
  refuse: z.int(),
  /** Refused rows that become callable by waiting alone. */
  callableLater: z.int(),
  /** Rows for each reason. A row may have several. */
  reasons: z.partialRecord(ReasonCode, z.int()),
});
export type ScrubCounts = z.infer<typeof ScrubCounts>;

/** Asks for a page of scrubs; `after` is the `next` of the page before. */
export const ListScrubs = z.object({
  after: ScrubId.optional(),
  limit: z.int().min(1).max(100).default(20),
});
export type ListScrubs = z.infer<typeof ListScrubs>;

export const ScrubStarted = z.object({ id: ScrubId }).meta({ id: "ScrubStarted" });
export type ScrubStarted = z.infer<typeof ScrubStarted>;

/** Status of a scrub. Unlike a reading of a registry, it cannot be canceled. */
export const ScrubStatus = RunStatus.exclude(["canceled"]);

/** Progress and result of a scrub (contract 9). */
export const ScrubResponse = z
  .object({
    id: ScrubId,
    status: ScrubStatus,
    rows: z.int().meta({ description: "Done so far." }),
    counts: ScrubCounts.nullable(),
    error: z.string().optional().meta({ description: "Why it failed, in words." }),
  })
  .meta({ id: "Scrub" });
export type ScrubResponse = z.infer<typeof ScrubResponse>;
