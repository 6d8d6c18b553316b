import { claimDueRegistries } from "@ringfence/services/registry";
import { z } from "zod";
import { defineJob } from "./define-job.ts";

/** Every night, wherever it falls, a run for each registry: one that fails holds up no other. */
export const sweepRegistries = defineJob({
  name: "registry.sweep",
  cron: "*/15 * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await claimDueRegistries(db);
  },
});
