import { sweepVicidial as sweep } from "@ringfence/services/do-not-call/endpoint";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Pulls opt-outs from each VICIdial, every five minutes. */
export const sweepVicidial = defineJob({
  name: "vicidial.sweep",
  cron: "*/5 * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await sweep(db);
  },
});
