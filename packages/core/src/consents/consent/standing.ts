import type { SellerId } from "../../platform/ids.ts";
import type { NonEmpty } from "../../platform/non-empty.ts";
import { type PurposeKey, covers } from "../../account/purpose/index.ts";
import type { ConsentEvent } from "./consent.ts";
import {
  type JurisdictionId,
  type Places,
  type Rule,
  listLineage,
} from "../../people/jurisdiction/index.ts";
import type { Channel } from "../../people/phone/index.ts";

/** The consent that a call needs: from this seller, for this purpose and channel. */
export type ConsentQuestion = { sellerId: SellerId; purpose: PurposeKey; channel: Channel };

/**
 * Status of the consent that a call needs. `requested`: the person has not answered yet. `refused`: they said
 * no. `withdrawn`: they ended a consent. `invalidated`: the consent was found never to have been given.
 * `expired`: it has ended by itself. `since` is the time of the event that decides; of an expired consent, its end.
 */
export type Standing =
  | { status: "none" }
  | { status: "requested" | "refused" | "expired" | "withdrawn" | "invalidated"; since: Date }
  | {
      status: "granted";
      since: Date;
      /** End of the latest grant; null if it has none. */
      until: Date | null;
      /** All grants in force that cover the question, latest first. */
      grants: NonEmpty<ConsentEvent>;
    };

/**
 * Determines whether there is consent for a call at the time `at`. The latest event that covers the question
 * decides, regardless of the order in which events were recorded. If two have the same time, the more
 * restrictive one decides. A request counts only if the person has not answered, because it is made by the
 * organization. From the time of its invalidation, a consent counts as never given. Once the latest grant has expired,
 * an earlier one that would still hold does not count either.
 *
 * `events` are all of the phone that count: callers leave out forged ones, and enquiries by `listCountedEvents`.
 * Segments evaluate the same rule by themselves, over all events: in `columns/find-matches.ts` and `rule-to-sql.ts`.
 */
export function determineStanding(
  events: readonly ConsentEvent[],
  question: ConsentQuestion,
  at: Date,
): Standing {
  const covering = events
    .filter((event) => event.at <= at && coversQuestion(event, question))
    .toSorted(compareLatestFirst);
  const grants = covering.filter(isGrant);
  const [latest, ...earlier] = grants.filter(
    (grant) => findInvalidatedAt(grant, events, at) === null,
  );
  const refusal = covering.find(isRefusal);

  if (refusal && (latest === undefined || latest.at <= refusal.at))
    return { status: refusal.type, since: refusal.at };
  if (latest === undefined) return determineStandingWithoutGrant(covering, grants, events, at);
  if (hasEnded(latest, at)) return { status: "expired", since: latest.validUntil };

  const alsoInForce = earlier.filter(
    (grant) => !hasEnded(grant, at) && (!refusal || refusal.at < grant.at),
  );
  return {
    status: "granted",
    since: latest.at,
    until: latest.validUntil,
    grants: [latest, ...alsoInForce],
  };
}

/** True if an event covers the question: same seller and channel, and the same or a parent purpose. */
export const coversQuestion = (event: ConsentEvent, question: ConsentQuestion) =>
  event.sellerId === question.sellerId &&
  event.channels.includes(question.channel) &&
  event.purposes.some((purpose) => covers(purpose, question.purpose));

export const isGrant = ({ type }: ConsentEvent) => type === "granted" || type === "renewed";

/** True if the person only asked about the seller's goods (source `enquiry`). */
export const isEnquiry = ({ elements }: Pick<ConsentEvent, "elements">) =>
  elements.includes("enquiry");

/**
 * True if the law of every jurisdiction of a call counts an enquiry as a consent. `rules` are those in force
 * there that refuse a call.
 */
export function doesLawCountEnquiries(
  { law, jurisdictions }: { law: Places; jurisdictions: readonly JurisdictionId[] },
  rules: readonly Rule[],
): boolean {
  const counting = new Set(
    rules.flatMap((rule) =>
      rule.type === "consent_expiry" && rule.value.promotional_via_enquiry !== undefined
        ? rule.jurisdiction
        : [],
    ),
  );
  return (
    counting.size > 0 &&
    jurisdictions.every((id) => listLineage(law, id).some((place) => counting.has(place)))
  );
}

/** Leaves out grants that are enquiries if the law does not count them. All other events stay, in order. */
export const listCountedEvents = <Event extends ConsentEvent>(
  events: readonly Event[],
  countsEnquiries: boolean,
): readonly Event[] =>
  countsEnquiries ? events : events.filter((event) => !isEnquiry(event) || !isGrant(event));

type Refusal = ConsentEvent & { type: "refused" | "withdrawn" };
export const isRefusal = (event: ConsentEvent): event is Refusal =>
  event.type === "refused" || event.type === "withdrawn";

/** Determines the standing if the person has neither a valid grant nor refused. */
function determineStandingWithoutGrant(
  covering: readonly ConsentEvent[],
  grants: readonly ConsentEvent[],
  events: readonly ConsentEvent[],
  at: Date,
): Standing {
  const [invalid] = grants;
  const since = invalid && findInvalidatedAt(invalid, events, at);
  if (since) return { status: "invalidated", since };

  const request = covering.find(({ type }) => type === "requested");
  return request ? { status: "requested", since: request.at } : { status: "none" };
}

/** Finds when a grant was first invalidated, up to `at`. An invalidation ends it for all purposes. */
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
 * Sorts events in the order in which they decide: latest first and, at the same time, the more restrictive one
 * first. Events that compare as equal decide alike, so no result depends on the order in which they arrived.
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

/**
 * Converts the end of a consent to a number. No end is a large number rather than infinity, because the difference
 * of two must be a number.
 */
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
 * Finds how the nearest consent in force differs from the question: another seller, purpose or channel. Null if
 * no consent is in force.
 */
export function findNearestMismatch(
  events: readonly ConsentEvent[],
  question: ConsentQuestion,
  at: Date,
): readonly ("seller" | "purpose" | "channel")[] | null {
  const [nearest] = events
    .filter((event) => isGrant(event) && event.at <= at)
    .flatMap((grant) => listNearestQuestions(grant, question))
    .filter((nearby) => determineStanding(events, nearby, at).status === "granted")
    .map((nearby) => listDifferences(nearby, question))
    .toSorted((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
  return nearest ?? null;
}

/** Lists the questions that a grant covers and that differ least from this one. */
function listNearestQuestions(grant: ConsentEvent, { purpose, channel }: ConsentQuestion) {
  const purposes = grant.purposes.some((granted) => covers(granted, purpose))
    ? [purpose]
    : grant.purposes;
  const channels = grant.channels.includes(channel) ? [channel] : grant.channels;
  return purposes.flatMap((purpose) =>
    channels.map((channel): ConsentQuestion => ({ sellerId: grant.sellerId, purpose, channel })),
  );
}

const listDifferences = (nearby: ConsentQuestion, question: ConsentQuestion) => [
  ...(nearby.sellerId === question.sellerId ? [] : (["seller"] as const)),
  ...(nearby.purpose === question.purpose ? [] : (["purpose"] as const)),
  ...(nearby.channel === question.channel ? [] : (["channel"] as const)),
];
