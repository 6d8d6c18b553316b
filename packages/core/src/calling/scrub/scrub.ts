import { z } from "zod";
import { Region } from "../../people/phone/index.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { ScrubId } from "../../platform/ids.ts";
import { ReasonCode } from "../screening/index.ts";
import { Dialer } from "../../account/organization/index.ts";
import { WrittenInstant } from "../../platform/time/index.ts";
import { RunStatus } from "../../platform/run/index.ts";

/** How a file is screened: where its numbers stand, and about which calls it asks (contract 9). */
export const ScrubSettings = z.object({
  /** A name of the header, or a number from 1; left out, the one that is called a phone. */
  phoneColumn: z.string().min(1).max(200).optional(),
  header: z.boolean().default(true),
  region: Region.optional(),
  purpose: PurposeKey,
  seller: z.string().max(64).optional(),
  dialer: Dialer.optional(),
  /** Makes it a what-if. */
  at: WrittenInstant.optional(),
});
export type ScrubSettings = z.infer<typeof ScrubSettings>;

export const ScrubCounts = z.object({
  allow: z.int(),
  refuse: z.int(),
  /** Of those refused, the ones that waiting alone makes callable. */
  callableLater: z.int(),
  reasons: z.partialRecord(ReasonCode, z.int()),
});
export type ScrubCounts = z.infer<typeof ScrubCounts>;

/** A page of scrubs; `after` is the `next` of the page before. */
export const ListScrubs = z.object({
  after: ScrubId.optional(),
  limit: z.int().min(1).max(100).default(20),
});
export type ListScrubs = z.infer<typeof ListScrubs>;

export const ScrubStarted = z.object({ id: ScrubId }).meta({ id: "ScrubStarted" });
export type ScrubStarted = z.infer<typeof ScrubStarted>;

/** How far a scrub is, and what came of it (contract 9). */
export const ScrubResponse = z
  .object({
    id: ScrubId,
    status: RunStatus,
    rows: z.int().meta({ description: "Done so far." }),
    counts: ScrubCounts.nullable(),
    error: z.string().optional().meta({ description: "Why it failed, in words." }),
  })
  .meta({ id: "Scrub" });
export type ScrubResponse = z.infer<typeof ScrubResponse>;
