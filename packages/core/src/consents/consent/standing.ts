import type { SellerId } from "../../platform/ids.ts";
import type { NonEmpty } from "../../platform/non-empty.ts";
import { type PurposeKey, covers } from "../../account/purpose/index.ts";
import type { ConsentEvent } from "./consent.ts";
import type { Channel } from "../../people/phone/index.ts";

/** What a call needs consent to. */
export type ConsentQuestion = { sellerId: SellerId; purpose: PurposeKey; channel: Channel };

export type Standing =
  | { status: "none" }
  | { status: "requested" | "refused" | "expired" | "withdrawn" | "invalidated"; since: Date }
  | {
      status: "granted";
      since: Date;
      until: Date | null;
      /** All grants in force, the latest first. */
      grants: NonEmpty<ConsentEvent>;
    };

/**
 * Where a person stands on one question at one moment.
 *
 * The latest event that covers the question decides, in whatever order events reached us; of two at
 * the same instant, the one that permits less. To ask is the organization's act, not the person's,
 * so a request changes nothing that they said. A consent that was invalidated is as if never given.
 */
export function standingAt(
  events: readonly ConsentEvent[],
  question: ConsentQuestion,
  at: Date,
): Standing {
  const said = events
    .filter((event) => event.at <= at && coversQuestion(event, question))
    .toSorted(latestFirst);
  const given = said.filter(isGrant);
  const [latest, ...earlier] = given.filter((grant) => voidedAt(grant, events, at) === null);
  const no = said.find(isNo);

  if (no && (latest === undefined || latest.at <= no.at)) return { status: no.type, since: no.at };
  if (latest === undefined) return withoutGrant(said, given, events, at);
  if (hasEnded(latest, at)) return { status: "expired", since: latest.validUntil };

  const alsoInForce = earlier.filter((grant) => !hasEnded(grant, at) && (!no || no.at < grant.at));
  return {
    status: "granted",
    since: latest.at,
    until: latest.validUntil,
    grants: [latest, ...alsoInForce],
  };
}

/** Whether a person spoke about what a call needs: to this seller, for this channel, of this node. */
export const coversQuestion = (event: ConsentEvent, question: ConsentQuestion) =>
  event.sellerId === question.sellerId &&
  event.channels.includes(question.channel) &&
  event.purposes.some((node) => covers(node, question.purpose));

export const isGrant = ({ type }: ConsentEvent) => type === "granted" || type === "renewed";

type No = ConsentEvent & { type: "refused" | "withdrawn" };
const isNo = (event: ConsentEvent): event is No =>
  event.type === "refused" || event.type === "withdrawn";

/** Nobody agreed, or not in a way that holds. */
function withoutGrant(
  said: readonly ConsentEvent[],
  given: readonly ConsentEvent[],
  events: readonly ConsentEvent[],
  at: Date,
): Standing {
  const [invalid] = given;
  const since = invalid && voidedAt(invalid, events, at);
  if (since) return { status: "invalidated", since };

  const request = said.find(({ type }) => type === "requested");
  return request ? { status: "requested", since: request.at } : { status: "none" };
}

/** When a grant was first found void, if it was by then; whatever purposes the finding names. */
function voidedAt(grant: ConsentEvent, events: readonly ConsentEvent[], at: Date): Date | null {
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
 * The order in which events decide: the latest, and of those at one instant the one that permits
 * less. It is total, so that no result depends on how events reached us.
 */
export const latestFirst = (a: ConsentEvent, b: ConsentEvent): number =>
  b.at.getTime() - a.at.getTime() ||
  rank[a.type] - rank[b.type] ||
  endOf(a) - endOf(b) ||
  Number(a.isWritten) - Number(b.isWritten) ||
  Number(a.isProven) - Number(b.isProven) ||
  Number(b.isImported) - Number(a.isImported) ||
  compareText(allElseOf(a), allElseOf(b));

const rank: Record<ConsentEvent["type"], number> = {
  invalidated: 0,
  withdrawn: 1,
  refused: 2,
  requested: 3,
  granted: 4,
  renewed: 4,
};

/** Large rather than infinite: the difference of two must be a number. */
const endOf = ({ validUntil }: ConsentEvent) => validUntil?.getTime() ?? Number.MAX_SAFE_INTEGER;

const allElseOf = ({ type, elements, purposes, channels, recordedAt, consentId }: ConsentEvent) =>
  JSON.stringify([type, elements, purposes, channels, recordedAt, consentId]);

const compareText = (a: string, b: string) => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/**
 * What parts the nearest consent in force from the question: it is to another seller, about another
 * purpose, for another channel. Null when nobody agreed to anything.
 */
export function missingOfNearest(
  events: readonly ConsentEvent[],
  question: ConsentQuestion,
  at: Date,
): readonly ("seller" | "purpose" | "channel")[] | null {
  const [nearest] = events
    .filter((event) => isGrant(event) && event.at <= at)
    .flatMap((grant) => nearestQuestions(grant, question))
    .filter((asked) => standingAt(events, asked, at).status === "granted")
    .map((asked) => differences(asked, question))
    .toSorted((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
  return nearest ?? null;
}

/** What a grant answers that is as near to the question as it goes. */
function nearestQuestions(grant: ConsentEvent, { purpose, channel }: ConsentQuestion) {
  const purposes = grant.purposes.some((node) => covers(node, purpose))
    ? [purpose]
    : grant.purposes;
  const channels = grant.channels.includes(channel) ? [channel] : grant.channels;
  return purposes.flatMap((purpose) =>
    channels.map((channel): ConsentQuestion => ({ sellerId: grant.sellerId, purpose, channel })),
  );
}

const differences = (asked: ConsentQuestion, question: ConsentQuestion) => [
  ...(asked.sellerId === question.sellerId ? [] : (["seller"] as const)),
  ...(asked.purpose === question.purpose ? [] : (["purpose"] as const)),
  ...(asked.channel === question.channel ? [] : (["channel"] as const)),
];
