import { type Share, differenceOf, wilson } from "./wilson.ts";
import { type Ending, endingOf } from "../../calling/call/index.ts";
import { z } from "zod";

/** What came of the calls of a campaign to one person. */
export type PersonResult = {
  /** On how many of their phones they were called. */
  phones: number;
  /** Of each call, in any order. */
  responses: readonly Response[];
  /** They refused calls, or profiling, within a day after a call. */
  hasOptedOut: boolean;
  hasComplained: boolean;
};

/** Shares of those who were called, and of these reached. */
export type CampaignResults = {
  called: number;
  /** On so many phones. */
  phones: number;
  reached: Share;
  accepted: Share;
  refused: Share;
  optedOut: Share;
  complained: Share;
  /** Whoever refused in any of these ways: what a limit is held against. */
  against: Share;
};

/** Each person counts once, however often they were called. */
export function resultsOf(people: readonly PersonResult[]): CampaignResults {
  const count = (test: (person: PersonResult) => boolean) => people.filter(test).length;
  const said =
    (...what: Response[]) =>
    ({ responses }: PersonResult) =>
      responses.some((response) => what.includes(response));
  const refused = said("refused");
  const optedOut = (person: PersonResult) => person.hasOptedOut || said("opted-out")(person);
  const complained = (person: PersonResult) => person.hasComplained || said("complained")(person);
  const against = (person: PersonResult) =>
    refused(person) || optedOut(person) || complained(person);
  // Who refuses was reached, whatever the dialer's code says.
  const isReached = (person: PersonResult) =>
    against(person) || person.responses.some((response) => response !== "none");
  const reached = count(isReached);
  return {
    called: people.length,
    phones: people.reduce((sum, { phones }) => sum + phones, 0),
    reached: wilson(reached, people.length),
    accepted: wilson(count(said("accepted")), reached),
    refused: wilson(count(refused), reached),
    optedOut: wilson(count(optedOut), reached),
    complained: wilson(count(complained), reached),
    against: wilson(count(against), reached),
  };
}

/** Fewer say too little: one bad hour stops no campaign. */
export const LEAST_REACHED = 20;

/**
 * Whether refusals have crossed the limit of a campaign: not by chance, but with the lower bound of the
 * interval above it, and after `LEAST_REACHED` people.
 */
export const crossesLimit = ({ against }: CampaignResults, limit: number): boolean =>
  against.of >= LEAST_REACHED && against.low > limit;

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

/** The share by which two groups may differ and still be said to be alike. */
const ALIKE = 0.05;

export const ThresholdEffect = z.enum(["too-early", "helps", "no-difference", "misleads"]);
export type ThresholdEffect = z.infer<typeof ThresholdEffect>;

/**
 * Whether those whom a threshold would have held back, and who were called to measure it, refuse, opt out or
 * complain more often than those whom it lets be called. Told once `LEAST_REACHED` of either were reached,
 * and the 95 % interval of the difference lies on one side of none, or close about it.
 */
export function thresholdEffect(
  below: CampaignResults,
  above: CampaignResults,
): { effect: ThresholdEffect; more: { low: number; high: number } } {
  const more = differenceOf(below.against, above.against);
  const isEnough = Math.min(below.against.of, above.against.of) >= LEAST_REACHED;
  if (!isEnough) return { effect: "too-early", more };
  if (more.low > 0) return { effect: "helps", more };
  if (more.high < 0) return { effect: "misleads", more };
  const isAlike = Math.max(-more.low, more.high) <= ALIKE;
  return { effect: isAlike ? "no-difference" : "too-early", more };
}
