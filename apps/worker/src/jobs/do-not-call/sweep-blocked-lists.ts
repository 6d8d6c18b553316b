import { claimDueBlockedLists } from "@ringfence/services/do-not-call/blocked-list";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** A job for each blocked list that is to be written: one that is long holds up no other. */
export const sweepBlockedLists = defineJob({
  name: "blocked-list.sweep",
  lane: "express",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await claimDueBlockedLists(db);
  },
});
