import { reviveFileErasures } from "@ringfence/services/desk/erasure";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Every five minutes, rows of erased people that are still in files are queued again: a run was at work on one. */
export const sweepFileErasures = defineJob({
  name: "erasure.sweep",
  lane: "express",
  cron: "*/5 * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await reviveFileErasures(db);
  },
});
