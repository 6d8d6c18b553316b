import { query } from "../../platform/verb.ts";
import { ScreenCall } from "@ringfence/core/calling/screening";
import { allowSeller } from "../../platform/access/allow.ts";
import { askedCall } from "./asked-call.ts";
import { factsAbout, readAsked } from "./facts-about.ts";
import { judge } from "./judge.ts";
import { MAX_TURNS } from "./record-in-turns.ts";
import { onRecord, recordScreeningShared } from "./record-screenings.ts";
import type { ScreeningAnswer } from "./screening-answer.ts";
import { withPermit } from "./with-permit.ts";

/**
 * Decides whether a call may be placed now, or whether it might have been at `at`. A live verdict is
 * on record before the caller hears it.
 */
export const screenCall = query({
  name: "screenCall",
  action: "screening.run",
  input: ScreenCall,
  transaction: "by run",
  run: async (ctx, input): Promise<ScreeningAnswer> => {
    const reading = await readAsked(ctx, input);
    for (let turn = 0; turn < MAX_TURNS; turn++) {
      const facts = await factsAbout(ctx, reading, input.at ?? null, { campaign: input.campaign });
      const call = askedCall(input, facts.settings);
      allowSeller(ctx, call.seller.id);

      const judged = judge(reading, call, facts);
      if (call.at !== null) return judged.answer;
      const record = onRecord(ctx, call, facts, judged);
      // Nobody receives the permit before the screening is recorded, so it can be signed at the same time.
      const [told, isOnRecord] = await Promise.all([
        withPermit(ctx.keys, record),
        recordScreeningShared(ctx.db, record),
      ]);
      if (isOnRecord) return told;
    }
    throw new Error("permits for one person were issued faster than they could be counted");
  },
  audit: "by run",
});
