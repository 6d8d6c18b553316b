import { query } from "../../platform/verb.ts";
import { ScreenBatch } from "@ringfence/core/calling/screening";
import { type BatchAnswer, screenMany } from "./screen-many.ts";

/** Decides about many calls, all of one instant. Live verdicts are on record before they are heard. */
export const screenBatch = query({
  name: "screenBatch",
  action: "screening.run",
  input: ScreenBatch,
  transaction: "by run",
  run: async (ctx, batch): Promise<BatchAnswer> => {
    return screenMany(ctx, batch);
  },
  audit: "by run",
});
