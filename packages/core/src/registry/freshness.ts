import { z } from "zod";

/** From this share of its limit on, a registry will soon refuse. */
const NEAR = 0.8;

/** `none`: it was never read, or is not connected. Only `fresh` and `near` answer for a call. */
export const Freshness = z.enum(["fresh", "near", "stale", "none"]);
export type Freshness = z.infer<typeof Freshness>;

/** How fresh a registry is, for screening, alerts and pages alike; `ageDays` is null before it was read. */
export function freshnessOf(ageDays: number | null, limitDays: number): Freshness {
  if (ageDays === null) return "none";
  if (ageDays > limitDays) return "stale";
  return ageDays >= limitDays * NEAR ? "near" : "fresh";
}
