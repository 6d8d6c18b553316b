import { z } from "zod";
import { ScrubId } from "../../platform/ids.ts";
import { RunStatus } from "../../platform/run/index.ts";
import { ScrubCounts } from "./scrub.ts";

export const ScrubStarted = z.object({ id: ScrubId }).meta({ id: "ScrubStarted" });
export type ScrubStarted = z.infer<typeof ScrubStarted>;

/** How far a scrub is, and what came of it (contract 9). */
export const ScrubTold = z
  .object({
    id: ScrubId,
    status: RunStatus,
    rows: z.int().meta({ description: "Done so far." }),
    counts: ScrubCounts.nullable(),
    error: z.string().optional().meta({ description: "Why it failed, in words." }),
  })
  .meta({ id: "Scrub" });
export type ScrubTold = z.infer<typeof ScrubTold>;
