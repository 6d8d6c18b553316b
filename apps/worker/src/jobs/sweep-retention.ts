import { forgetAnswers } from "@ringfence/services/idempotency";
import { forgetPermits } from "@ringfence/services/screening";
import { z } from "zod";
import { defineJob } from "./define-job.ts";

/** Every hour, what was kept for a time that is over is deleted. */
export const sweepRetention = defineJob({
  name: "retention.sweep",
  cron: "7 * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await forgetAnswers(db);
    await forgetPermits(db);
  },
});
