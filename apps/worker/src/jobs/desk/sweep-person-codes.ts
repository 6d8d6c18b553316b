import { revivePersonCodes } from "@ringfence/services/desk/own-record";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Queues overdue codes again, every minute, because a person is waiting. */
export const sweepPersonCodes = defineJob({
  name: "person-code.sweep",
  lane: "express",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await revivePersonCodes(db);
  },
});
