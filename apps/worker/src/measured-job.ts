import { z } from "zod";

/** A job that ended, and how long it took. */
export const MeasuredJob = z.object({
  job: z.string(),
  outcome: z.enum(["done", "failed"]),
  seconds: z.number(),
});
export type MeasuredJob = z.infer<typeof MeasuredJob>;
