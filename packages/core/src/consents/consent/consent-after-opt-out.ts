import { type OptOut, coversCall } from "../../do-not-call/opt-out/index.ts";
import { covers } from "../../account/purpose/index.ts";
import type { ConsentEvent } from "./consent.ts";
import {
  type ConsentQuestion,
  coversQuestion,
  isGrant,
  compareLatestFirst,
  determineStanding,
  listCountedEvents,
} from "./standing.ts";
import type { SellerId } from "../../platform/ids.ts";

/**
 * Finds the opt-outs that block a call. Only a proven consent in force lifts one, if it is later both in
 * time and in recording (contract 6). `grants` must be the consents in force that cover the question, so that
 * none lifts an opt-out of another seller, purpose or channel. An opt-out counts even if its time is in the future.
 */
export const findBlockingOptOuts = (
  optOuts: readonly OptOut[],
  question: ConsentQuestion,
  grants: readonly ConsentEvent[],
): readonly OptOut[] =>
  optOuts.filter(
    (optOut) => coversCall(optOut, question) && !grants.some((grant) => liftsOptOut(grant, optOut)),
  );

/**
 * True if a consent lifts an opt-out. The caller has checked that the consent is in force and covers the call.
 * `recordLiftStatements` of services asks the same in SQL.
 */
export const liftsOptOut = ({ isProven, at, recordedAt }: ConsentEvent, optOut: OptOut) =>
  isProven && at > optOut.at && recordedAt > optOut.recordedAt;

/**
 * True if a consent was made or recorded no earlier than an opt-out that no consent lifts. It is kept but does
 * not count. `blockingOptOuts` come from `findBlockingOptOuts`.
 */
export const isHeldByOptOut = (event: ConsentEvent, blockingOptOuts: readonly OptOut[]) =>
  isGrant(event) &&
  blockingOptOuts.some((optOut) =>
    isNotEarlierThanOptOut(
      event.at.getTime(),
      event.recordedAt.getTime(),
      optOut.at.getTime(),
      optOut.recordedAt.getTime(),
    ),
  );

/** True if a consent was made or recorded no earlier than an opt-out. All are epoch milliseconds. */
export const isNotEarlierThanOptOut = (
  at: number,
  recordedAt: number,
  optOutAt: number,
  optOutRecordedAt: number,
) => optOutAt <= at || optOutRecordedAt <= recordedAt;

/**
 * Finds since when a person has opted out of a seller for any purpose: when the earliest such opt-out was recorded.
 * Null if there is none, or if for each one a consent in force lifts at least a part of it. `events` are all of the
 * phone, `optOuts` all of the person. A consent counts only if its latest event grants it.
 */
export function findOptedOutSince(
  events: readonly ConsentEvent[],
  optOuts: readonly OptOut[],
  { sellerId, at }: { sellerId: SellerId; at: Date },
): Date | null {
  const byConsent = Map.groupBy(
    events.filter((event) => event.sellerId === sellerId),
    ({ consentId }) => consentId,
  );
  const inForce = [...byConsent.values()].flatMap((events) => {
    const [latest] = events.toSorted(compareLatestFirst);
    const isInForce = latest && isGrant(latest) && (latest.validUntil ?? Infinity) > at;
    return isInForce ? [latest] : [];
  });
  const times = optOuts
    .filter((optOut) => optOut.scope !== "profiling")
    .filter((optOut) => optOut.scope !== "seller" || optOut.sellerId === sellerId)
    .filter(
      (optOut) =>
        !inForce.some((grant) => concernsSamePurpose(grant, optOut) && liftsOptOut(grant, optOut)),
    )
    .map(({ recordedAt }) => recordedAt.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}

/** True if a consent is about something that the person opted out of. */
const concernsSamePurpose = ({ purposes }: ConsentEvent, optOut: OptOut) =>
  optOut.scope !== "purpose" ||
  purposes.some((purpose) => covers(purpose, optOut.purpose) || covers(optOut.purpose, purpose));

/** Seller, purposes and channels of a consent that is not recorded yet. */
type PlannedConsent = Pick<ConsentEvent, "sellerId" | "purposes" | "channels">;

/**
 * True if an opt-out in force would hold a consent that the person gives now, for at least one call: one of its
 * purposes, or a purpose below them that the person opted out of. `events` are all of the phone, `optOuts` all of the
 * person.
 */
export function isAgainstOptOut(
  events: readonly ConsentEvent[],
  optOuts: readonly OptOut[],
  { sellerId, purposes, channels }: PlannedConsent,
  at: Date,
): boolean {
  const below = optOuts
    .flatMap((optOut) => (optOut.scope === "purpose" ? optOut.purpose : []))
    .filter((optedOut) => purposes.some((purpose) => covers(purpose, optedOut)));
  const questions = [...purposes, ...below].flatMap((purpose) =>
    channels.map((channel) => ({ sellerId, purpose, channel })),
  );
  return questions.some((question) => {
    const standing = determineStanding(events, question, at);
    const grants = standing.status === "granted" ? standing.grants : [];
    return findBlockingOptOuts(optOuts, question, grants).length > 0;
  });
}

/**
 * Effect of a consent on an earlier opt-out, for one call. `lifts`: it is in force and lifts it. `ended`: it lifted it,
 * but has expired since, or was withdrawn or invalidated. `imported` and `unproven`: only whoever recorded it saw the
 * person act. `early`: it was not recorded later than the opt-out.
 */
export type LiftEffect = "lifts" | "ended" | "imported" | "unproven" | "early";

/** An opt-out that covers a call, and the consents that people gave after it, latest first. */
export type OptOutWithConsents<Consent extends ConsentEvent, KnownOptOut extends OptOut> = {
  optOut: KnownOptOut;
  grants: readonly { grant: Consent; effect: LiftEffect }[];
  /** True if a consent in force lifts it for this call. */
  isLifted: boolean;
};

/**
 * Finds opt-outs that cover the call and were followed by a consent. Others are left out. An enquiry is a
 * consent only if `countsEnquiries`, which is what `doesLawCountEnquiries` says of the call.
 */
export function findConsentsAfterOptOuts<Consent extends ConsentEvent, KnownOptOut extends OptOut>(
  allEvents: readonly Consent[],
  optOuts: readonly KnownOptOut[],
  question: ConsentQuestion,
  { at, countsEnquiries }: { at: Date; countsEnquiries: boolean },
): OptOutWithConsents<Consent, KnownOptOut>[] {
  const events = listCountedEvents(allEvents, countsEnquiries);
  const standing = determineStanding(events, question, at);
  const inForce: readonly ConsentEvent[] = standing.status === "granted" ? standing.grants : [];
  return optOuts.flatMap((optOut) => {
    if (!coversCall(optOut, question)) return [];
    const grants = events
      .filter((event) => coversQuestion(event, question) && event.at <= at)
      .filter((event) => isGrant(event) && event.at > optOut.at)
      .toSorted(compareLatestFirst)
      .map((grant) => ({ grant, effect: determineEffect(grant, optOut, inForce) }));
    const isLifted = findBlockingOptOuts([optOut], question, inForce).length === 0;
    return grants.length === 0 ? [] : [{ optOut, grants, isLifted }];
  });
}

function determineEffect(
  grant: ConsentEvent,
  optOut: OptOut,
  inForce: readonly ConsentEvent[],
): LiftEffect {
  if (liftsOptOut(grant, optOut)) return inForce.includes(grant) ? "lifts" : "ended";
  if (grant.isImported) return "imported";
  return grant.isProven ? "early" : "unproven";
}
