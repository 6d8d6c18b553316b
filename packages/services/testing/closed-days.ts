import type { Phone } from "@ringfence/core/people/phone";
import type { RootContext } from "../src/platform/context.ts";
import { screenCall } from "../src/calling/screening/index.ts";

export const reason = "The governor proclaimed it this morning.";

/** UTC day range from yesterday to tomorrow, so that today is in it in every zone. */
const around = (now = new Date()) => {
  const day = (by: number) => new Date(now.getTime() + by * 86_400_000).toISOString().slice(0, 10);
  return { first: day(-1), last: day(1) };
};
export const closedDay = { jurisdiction: "US", region: null, ...around(), reason };

/** Finds the rules that refuse a call because of its day. */
export const findDayRules = async (ctx: RootContext, phone: Phone, at?: Date) => {
  const { refusals } = await screenCall(ctx, { phone, purpose: "marketing", at });
  return refusals.flatMap(({ reason, rule }) => (reason === "day-not-allowed" ? rule : []));
};
