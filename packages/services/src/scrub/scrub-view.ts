import { ScrubId } from "@ringfence/core/ids";
import { StoredMessage } from "@ringfence/core/message";
import { RunProgress, RunStatus } from "@ringfence/core/run";
import { ScrubCounts } from "@ringfence/core/scrub";
import { z } from "zod";

/** A scrub as people and programs see it (contract 9). */
export const ScrubView = z.object({
  id: ScrubId,
  fileName: z.string(),
  status: RunStatus,
  /** Rows done so far. */
  rows: z.number(),
  counts: ScrubCounts.nullable(),
  progress: RunProgress.nullable(),
  error: StoredMessage.nullable(),
  createdAt: z.date(),
  endedAt: z.date().nullable(),
  /** Of the record: the instant that was judged, and the attempt that came to the end. */
  at: z.date().nullable(),
  attempt: z.number().nullable(),
});
export type ScrubView = z.infer<typeof ScrubView>;
