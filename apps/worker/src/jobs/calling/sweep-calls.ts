import { sweepCalls as sweep } from "@ringfence/services/calling/violation";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** A job for each organization whose calls wait to be judged: one that has many holds up no other. */
export const sweepCalls = defineJob({
  name: "violation.sweep",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await sweep(db);
  },
});
