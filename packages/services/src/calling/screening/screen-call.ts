import { query } from "../../platform/verb.ts";
import { type FindNumber, ScreenCall } from "@ringfence/core/calling/screening";
import { allowSeller } from "../../platform/access/allow.ts";
import { type AskedCall, askedCall, usualCall } from "./resolve-call.ts";
import { factsAbout, readAsked } from "./load-facts.ts";
import { type ScreeningAnswer, judge } from "./judge.ts";
import { MAX_TURNS, onRecord, recordScreeningShared, withPermit } from "./record.ts";
import type { ReadPhone } from "@ringfence/core/people/phone";
import type { RootContext } from "../../platform/context.ts";

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

/** A call as far as it is named; the rest is as usual. */
type NamedCall = Pick<FindNumber, "seller" | "purpose" | "dialer">;

/**
 * What `screenCall` would answer at the very instant at which the facts are read. It is a what-if, so
 * nothing is put on record, and no permit is given.
 */
export const lookAtCall = async (
  ctx: RootContext,
  reading: ReadPhone,
  { seller, purpose, dialer }: NamedCall,
): Promise<{ call: AskedCall; answer: ScreeningAnswer }> => {
  const facts = await factsAbout(ctx, reading, null);
  const { settings, row } = facts;
  const usual = usualCall(ctx.actor, settings, { seller, purpose });
  const named = { ...usual, dialer, at: row.now };
  const call = askedCall(named, settings);
  allowSeller(ctx, call.seller.id);
  return { call, answer: judge(reading, call, facts).answer };
};
