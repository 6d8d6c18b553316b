import { reviveConfirmations } from "@ringfence/services/consents/confirmation";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Every minute, a message that waits longer than it should is queued again. */
export const sweepConfirmations = defineJob({
  name: "confirmation.sweep",
  lane: "express",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await reviveConfirmations(db);
  },
});
