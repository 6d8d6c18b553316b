import { queueDueRefreshes } from "@ringfence/services/audience/segment";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Queues a job for each segment whose size is out of date, so that a slow one delays no other. */
export const sweepSegments = defineJob({
  name: "segment.sweep",
  cron: "*/15 * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await queueDueRefreshes(db);
  },
});
