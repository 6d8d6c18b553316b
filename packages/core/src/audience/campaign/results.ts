import { type EstimatedShare, estimateDifference, estimateShare } from "../relevance/index.ts";
import { type Ending, findEnding } from "../../calling/call/index.ts";
import { z } from "zod";

/** Call results of a campaign for one person. */
export type PersonResult = {
  /** Number of their phones that were called. */
  phones: number;
  /** One for each call, in any order. */
  responses: readonly CallResponse[];
  /** They opted out of anything within a day after a call. */
  hasOptedOut: boolean;
  hasComplained: boolean;
};

/** Shares of the people called, and of the people reached. */
export type CampaignResults = {
  called: number;
  /** Number of phones called. */
  phones: number;
  reached: EstimatedShare;
  accepted: EstimatedShare;
  refused: EstimatedShare;
  optedOut: EstimatedShare;
  complained: EstimatedShare;
  /** Anyone who refused, opted out or complained. The refusal limit counts these. */
  against: EstimatedShare;
};

/** Summarizes call results. Each person counts once, however often they were called. */
export function summarizeResults(people: readonly PersonResult[]): CampaignResults {
  const count = (test: (person: PersonResult) => boolean) => people.filter(test).length;
  const hasOutcome =
    (...what: CallResponse[]) =>
    ({ responses }: PersonResult) =>
      responses.some((response) => what.includes(response));
  const refused = hasOutcome("refused");
  const optedOut = (person: PersonResult) => person.hasOptedOut || hasOutcome("opted-out")(person);
  const complained = (person: PersonResult) =>
    person.hasComplained || hasOutcome("complained")(person);
  const against = (person: PersonResult) =>
    refused(person) || optedOut(person) || complained(person);
  // Anyone who refuses was reached, whatever the dialer's code says.
  const isReached = (person: PersonResult) =>
    against(person) || person.responses.some((response) => response !== "none");
  const reached = count(isReached);
  return {
    called: people.length,
    phones: people.reduce((sum, { phones }) => sum + phones, 0),
    reached: estimateShare(reached, people.length),
    accepted: estimateShare(count(hasOutcome("accepted")), reached),
    refused: estimateShare(count(refused), reached),
    optedOut: estimateShare(count(optedOut), reached),
    complained: estimateShare(count(complained), reached),
    against: estimateShare(count(against), reached),
  };
}

/** With fewer, one bad hour could stop a campaign. */
export const MIN_REACHED = 20;

/**
 * True if refusals exceed the limit beyond chance: the lower bound of the interval is above it, with at
 * least `MIN_REACHED` people reached.
 */
export const exceedsLimit = ({ against }: CampaignResults, limit: number): boolean =>
  against.of >= MIN_REACHED && against.low > limit;

/** A person's response to a call. `none`: nobody was reached, or the outcome is unknown. */
export type CallResponse = "accepted" | "refused" | "opted-out" | "complained" | "reached" | "none";

const responseByEnding: Readonly<Record<Ending, CallResponse>> = {
  accepted: "accepted",
  refused: "refused",
  "opted-out": "opted-out",
  complained: "complained",
  reached: "reached",
  abandoned: "none",
  listed: "none",
  unreached: "none",
};

/** Reads the response from the dialer's outcome code. An unknown or missing code means `none`. */
export function toCallResponse(outcome: string | null): CallResponse {
  const ending = findEnding(outcome);
  return ending === null ? "none" : responseByEnding[ending];
}

/** True for an answer after which the campaign does not call the person again. */
export const isFinalResponse = (response: CallResponse) =>
  response !== "none" && response !== "reached";

/** True for a response that counts against the refusal limit. */
export const isNegativeResponse = (response: CallResponse) =>
  isFinalResponse(response) && response !== "accepted";

/** Largest difference between two groups that still count as alike. */
const MAX_DIFFERENCE = 0.05;

export const ThresholdEffect = z.enum(["too-early", "helps", "no-difference", "misleads"]);
export type ThresholdEffect = z.infer<typeof ThresholdEffect>;

/**
 * Measures whether people below the threshold, called to test it, refuse, opt out or complain more often
 * than people above it. `more` is the 95% interval of the difference. The effect is `too-early` until
 * `MIN_REACHED` of each were reached and `more` lies on one side of zero or close around it.
 */
export function measureThresholdEffect(
  below: CampaignResults,
  above: CampaignResults,
): { effect: ThresholdEffect; more: { low: number; high: number } } {
  const more = estimateDifference(below.against, above.against);
  const isEnough = Math.min(below.against.of, above.against.of) >= MIN_REACHED;
  if (!isEnough) return { effect: "too-early", more };
  if (more.low > 0) return { effect: "helps", more };
  if (more.high < 0) return { effect: "misleads", more };
  const isAlike = Math.max(-more.low, more.high) <= MAX_DIFFERENCE;
  return { effect: isAlike ? "no-difference" : "too-early", more };
}
