import { forgetAnswers } from "@ringfence/services/idempotency";
import { forgetTokens } from "@ringfence/services/capture-form";
import { z } from "zod";
import { defineJob } from "./define-job.ts";

/** Every hour, what was kept for a time that is over is deleted. */
export const sweepRetention = defineJob({
  name: "retention.sweep",
  cron: "7 * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await forgetAnswers(db);
    await forgetTokens(db);
  },
});
