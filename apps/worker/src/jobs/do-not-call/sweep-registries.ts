import { claimDueRegistries } from "@ringfence/services/do-not-call/registry";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** A run for each registry whose time has come, wherever its night falls: one that fails holds up no other. */
export const sweepRegistries = defineJob({
  name: "registry.sweep",
  lane: "express",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await claimDueRegistries(db);
  },
});
