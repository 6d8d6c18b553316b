import { queueDueTrainings } from "@ringfence/services/audience/relevance";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Queues a job for each organization where it is night: models are trained while nobody calls. */
export const sweepRelevance = defineJob({
  name: "relevance.sweep",
  cron: "20,50 * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await queueDueTrainings(db);
  },
});
