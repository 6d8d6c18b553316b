import { claimDueBlockedLists } from "@ringfence/services/do-not-call/blocked-list";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Queues a job for each blocked list that is due, so that a long one delays no other. */
export const sweepBlockedLists = defineJob({
  name: "blocked-list.sweep",
  lane: "express",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await claimDueBlockedLists(db);
  },
});
