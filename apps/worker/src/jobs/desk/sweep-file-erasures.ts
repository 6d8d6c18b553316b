import { reviveFileErasures } from "@ringfence/services/desk/erasure";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/**
 * Queues again, every five minutes, the erasure of rows from files: a run may have been using one.
 */
export const sweepFileErasures = defineJob({
  name: "erasure.sweep",
  lane: "express",
  cron: "*/5 * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await reviveFileErasures(db);
  },
});
