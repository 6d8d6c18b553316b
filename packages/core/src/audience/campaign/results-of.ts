import type { Response } from "./response-of.ts";
import { type Share, wilson } from "./wilson.ts";

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
