import { type Ending, endingOf } from "../../calling/call/index.ts";

/** What a person answered to an offer, as the dialer's code says. */
export type Response = "accepted" | "refused" | "opted-out" | "complained" | "reached" | "none";

const responses: Readonly<Record<Ending, Response>> = {
  accepted: "accepted",
  refused: "refused",
  "opted-out": "opted-out",
  complained: "complained",
  reached: "reached",
  abandoned: "none",
  listed: "none",
  unreached: "none",
};

export function responseOf(outcome: string | null): Response {
  const ending = endingOf(outcome);
  return ending === null ? "none" : responses[ending];
}

/** What a person said is not asked again by the same campaign. */
export const isSettled = (response: Response) => response !== "none" && response !== "reached";

/** What a limit is held against. */
export const isAgainst = (response: Response) => isSettled(response) && response !== "accepted";
