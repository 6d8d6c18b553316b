import { z } from "zod";
import { DAY_MS } from "../../platform/time/index.ts";

/** Kinds of records of which a sample can be drawn. */
export const SampleKind = z.enum(["screenings", "calls", "consents", "opt-outs"]);
export type SampleKind = z.infer<typeof SampleKind>;

export const MAX_SAMPLE = 100;
export const MAX_SAMPLE_DAYS = 366;

/**
 * Asks for a sample of the records of a span. Which ones are drawn follows from the seed and the records' ids alone
 * (`drawSample`), so whoever has the same records draws the same, and nobody can choose what an auditor sees.
 */
export const DrawSample = z
  .strictObject({
    kind: SampleKind,
    /** Any text that the auditor chooses. It should be one that nobody could foresee. */
    seed: z.string().trim().min(1).max(64),
    size: z.int().min(1).max(MAX_SAMPLE),
    from: z.date(),
    /** End of the span, exclusive. */
    until: z.date(),
  })
  .refine(({ from, until }) => from < until, { path: ["until"] })
  .refine(({ from, until }) => until.getTime() - from.getTime() <= MAX_SAMPLE_DAYS * DAY_MS, {
    path: ["from"],
  });
export type DrawSample = z.infer<typeof DrawSample>;
