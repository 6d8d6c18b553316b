import { queueDueRefreshes } from "@ringfence/services/audience/segment";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** A job for each segment whose size has become old: one that is slow holds up no other. */
export const sweepSegments = defineJob({
  name: "segment.sweep",
  cron: "*/15 * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await queueDueRefreshes(db);
  },
});
