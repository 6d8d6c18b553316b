import { revivePersonCodes } from "@ringfence/services/desk/own-record";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Every minute, a code that waits longer than it should is queued again: somebody sits and waits for it. */
export const sweepPersonCodes = defineJob({
  name: "person-code.sweep",
  lane: "express",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await revivePersonCodes(db);
  },
});
