import { commitScreenings } from "@ringfence/services/proof/ledger";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Commits, every hour, to screenings of the last day that came on record unusually late. */
export const sweepScreenings = defineJob({
  name: "ledger.screenings",
  cron: "37 * * * *",
  payload: z.object({}),
  async run(_, { db, keys }) {
    await commitScreenings({ db, keys }, { withinHours: 25 });
  },
});
