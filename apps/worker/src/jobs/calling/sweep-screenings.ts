import { commitScreenings } from "@ringfence/services/proof/ledger";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Every hour, screenings of the last day are committed to that came on record later than any should. */
export const sweepScreenings = defineJob({
  name: "ledger.screenings",
  cron: "37 * * * *",
  payload: z.object({}),
  async run(_, { db, keys }) {
    await commitScreenings({ db, keys }, { withinHours: 25 });
  },
});
