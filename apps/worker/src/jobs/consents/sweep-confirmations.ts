import { requeueConfirmations } from "@ringfence/services/consents/confirmation";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Queues overdue messages again, every minute. */
export const sweepConfirmations = defineJob({
  name: "confirmation.sweep",
  lane: "express",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await requeueConfirmations(db);
  },
});
