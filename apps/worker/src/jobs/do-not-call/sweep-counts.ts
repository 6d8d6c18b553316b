import { claimDueCounts } from "@ringfence/services/do-not-call/registry";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** A job for each organization whose contacts are to be counted anew. */
export const sweepCounts = defineJob({
  name: "registry.sweep-counts",
  lane: "express",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await claimDueCounts(db);
  },
});
