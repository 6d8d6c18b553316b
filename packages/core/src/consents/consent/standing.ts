import type { SellerId } from "../../platform/ids.ts";
import type { NonEmpty } from "../../platform/non-empty.ts";
import { type PurposeKey, covers } from "../../account/purpose/index.ts";
import type { ConsentEvent } from "./consent.ts";
import type { Channel } from "../../people/phone/index.ts";

/** The consent that a call needs. */
export type ConsentQuestion = { sellerId: SellerId; purpose: PurposeKey; channel: Channel };

export type Standing =
  | { status: "none" }
  | { status: "requested" | "refused" | "expired" | "withdrawn" | "invalidated"; since: Date }
  | {
      status: "granted";
      since: Date;
      until: Date | null;
      /** All grants in force, latest first. */
      grants: NonEmpty<ConsentEvent>;
    };

/**
 * Determines whether a person consents to one question at one moment. The latest event that covers the
 * question decides, in whatever order events arrived; of two at the same instant, the one that permits
 * less. A request is the organization's act, so it changes nothing that the person said. An invalidated
 * consent counts as never given.
 */
export function determineStanding(
  events: readonly ConsentEvent[],
  question: ConsentQuestion,
  at: Date,
): Standing {
  const said = events
    .filter((event) => event.at <= at && coversQuestion(event, question))
    .toSorted(compareLatestFirst);
  const given = said.filter(isGrant);
  const [latest, ...earlier] = given.filter(
    (grant) => findInvalidatedAt(grant, events, at) === null,
  );
  const no = said.find(isRefusal);

  if (no && (latest === undefined || latest.at <= no.at)) return { status: no.type, since: no.at };
  if (latest === undefined) return determineStandingWithoutGrant(said, given, events, at);
  if (hasEnded(latest, at)) return { status: "expired", since: latest.validUntil };

  const alsoInForce = earlier.filter((grant) => !hasEnded(grant, at) && (!no || no.at < grant.at));
  return {
    status: "granted",
    since: latest.at,
    until: latest.validUntil,
    grants: [latest, ...alsoInForce],
  };
}

/** True if an event covers the question: same seller, channel and purpose. */
export const coversQuestion = (event: ConsentEvent, question: ConsentQuestion) =>
  event.sellerId === question.sellerId &&
  event.channels.includes(question.channel) &&
  event.purposes.some((node) => covers(node, question.purpose));

export const isGrant = ({ type }: ConsentEvent) => type === "granted" || type === "renewed";

type Refusal = ConsentEvent & { type: "refused" | "withdrawn" };
const isRefusal = (event: ConsentEvent): event is Refusal =>
  event.type === "refused" || event.type === "withdrawn";

/** Determines the standing if there is no valid grant. */
function determineStandingWithoutGrant(
  said: readonly ConsentEvent[],
  given: readonly ConsentEvent[],
  events: readonly ConsentEvent[],
  at: Date,
): Standing {
  const [invalid] = given;
  const since = invalid && findInvalidatedAt(invalid, events, at);
  if (since) return { status: "invalidated", since };

  const request = said.find(({ type }) => type === "requested");
  return request ? { status: "requested", since: request.at } : { status: "none" };
}

/** Finds when a grant was first invalidated by then, whatever purposes the invalidation names. */
function findInvalidatedAt(
  grant: ConsentEvent,
  events: readonly ConsentEvent[],
  at: Date,
): Date | null {
  let found: Date | null = null;
  for (const event of events) {
    if (event.type !== "invalidated" || event.consentId !== grant.consentId) continue;
    if (event.at < grant.at || event.at > at) continue;
    if (found === null || event.at < found) found = event.at;
  }
  return found;
}

const hasEnded = <T extends ConsentEvent>(event: T, at: Date): event is T & { validUntil: Date } =>
  event.validUntil !== null && event.validUntil <= at;

/**
 * Compares events in the order in which they decide: latest first, and of two at one instant the one that
 * permits less. The order is total, so that no result depends on the order of arrival.
 */
export const compareLatestFirst = (a: ConsentEvent, b: ConsentEvent): number =>
  b.at.getTime() - a.at.getTime() ||
  rank[a.type] - rank[b.type] ||
  toEndTime(a) - toEndTime(b) ||
  Number(a.isWritten) - Number(b.isWritten) ||
  Number(a.isProven) - Number(b.isProven) ||
  Number(b.isImported) - Number(a.isImported) ||
  compareText(toComparableText(a), toComparableText(b));

const rank: Record<ConsentEvent["type"], number> = {
  invalidated: 0,
  withdrawn: 1,
  refused: 2,
  requested: 3,
  granted: 4,
  renewed: 4,
};

/** Large rather than infinite, because the difference of two must be a number. */
const toEndTime = ({ validUntil }: ConsentEvent) =>
  validUntil?.getTime() ?? Number.MAX_SAFE_INTEGER;

const toComparableText = ({
  type,
  elements,
  purposes,
  channels,
  recordedAt,
  consentId,
}: ConsentEvent) => JSON.stringify([type, elements, purposes, channels, recordedAt, consentId]);

const compareText = (a: string, b: string) => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/**
 * Finds how the nearest consent in force differs from the question: another seller, purpose or channel.
 * Null if there is no consent at all.
 */
export function findNearestMismatch(
  events: readonly ConsentEvent[],
  question: ConsentQuestion,
  at: Date,
): readonly ("seller" | "purpose" | "channel")[] | null {
  const [nearest] = events
    .filter((event) => isGrant(event) && event.at <= at)
    .flatMap((grant) => listNearestQuestions(grant, question))
    .filter((asked) => determineStanding(events, asked, at).status === "granted")
    .map((asked) => listDifferences(asked, question))
    .toSorted((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
  return nearest ?? null;
}

/** Lists the questions that a grant answers and that are nearest to this one. */
function listNearestQuestions(grant: ConsentEvent, { purpose, channel }: ConsentQuestion) {
  const purposes = grant.purposes.some((node) => covers(node, purpose))
    ? [purpose]
    : grant.purposes;
  const channels = grant.channels.includes(channel) ? [channel] : grant.channels;
  return purposes.flatMap((purpose) =>
    channels.map((channel): ConsentQuestion => ({ sellerId: grant.sellerId, purpose, channel })),
  );
}

const listDifferences = (asked: ConsentQuestion, question: ConsentQuestion) => [
  ...(asked.sellerId === question.sellerId ? [] : (["seller"] as const)),
  ...(asked.purpose === question.purpose ? [] : (["purpose"] as const)),
  ...(asked.channel === question.channel ? [] : (["channel"] as const)),
];
