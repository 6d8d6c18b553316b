import type { ReadPhone } from "@ringfence/core/people/phone";
import type { FindNumber } from "@ringfence/core/calling/screening";
import { allowSeller } from "../../platform/access/allow.ts";
import type { RootContext } from "../../platform/context.ts";
import { type AskedCall, askedCall } from "./asked-call.ts";
import { factsAbout } from "./facts-about.ts";
import { judge } from "./judge.ts";
import type { ScreeningAnswer } from "./screening-answer.ts";
import { usualCall } from "./usual-call.ts";

/** A call as far as it is named; the rest is as usual. */
export type NamedCall = Pick<FindNumber, "seller" | "purpose" | "dialer">;

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
