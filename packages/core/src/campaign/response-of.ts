import { endOf } from "../violation/index.ts";

/** What a person answered to an offer, as the dialer's code says. */
export type Response = "accepted" | "refused" | "opted-out" | "reached" | "none";

/** Our own words, and VICIdial's statuses. */
const ACCEPTED = /^(accepted|sale)$/i;
const REFUSED = /^(refused|ni|dec)$/i;
const OPTED_OUT = /^(opted[_-]out|dnc)$/i;

export function responseOf(outcome: string | null): Response {
  if (outcome === null) return "none";
  if (ACCEPTED.test(outcome)) return "accepted";
  if (REFUSED.test(outcome)) return "refused";
  if (OPTED_OUT.test(outcome)) return "opted-out";
  return endOf(outcome) === "answered" ? "reached" : "none";
}

/** What a person said is not asked again by the same campaign. */
export const isSettled = (response: Response) => response !== "none" && response !== "reached";

/** What a limit is held against. */
export const isAgainst = (response: Response) => response === "refused" || response === "opted-out";
