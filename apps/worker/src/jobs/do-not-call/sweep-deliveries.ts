import { queueDueDeliveries } from "@ringfence/services/do-not-call/endpoint";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Queues overdue deliveries again, every minute. */
export const sweepDeliveries = defineJob({
  name: "webhook.sweep",
  lane: "express",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await queueDueDeliveries(db);
  },
});
