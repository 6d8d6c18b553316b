import type { Phone } from "@ringfence/core/phone";
import type { RootContext } from "../src/context.ts";
import { screenCall } from "../src/screening/index.ts";

export const reason = "The governor proclaimed it this morning.";

/** The UTC day, and those beside it: in every zone one of them is today. */
const around = (now = new Date()) => {
  const day = (by: number) => new Date(now.getTime() + by * 86_400_000).toISOString().slice(0, 10);
  return { first: day(-1), last: day(1) };
};
export const closed = { jurisdiction: "US", ...around(), reason };

/** The rules by which a call is refused for its day. */
export const daysOf = async (ctx: RootContext, phone: Phone, at?: Date) => {
  const { refusals } = await screenCall(ctx, { phone, purpose: "marketing", at });
  return refusals.flatMap(({ reason, rule }) => (reason === "day-not-allowed" ? rule : []));
};
