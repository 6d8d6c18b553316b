import { type OptOut, coversCall } from "../../do-not-call/opt-out/index.ts";
import type { ConsentEvent } from "./consent.ts";
import {
  type ConsentQuestion,
  coversQuestion,
  isGrant,
  latestFirst,
  standingAt,
} from "./standing.ts";
import type { SellerId } from "../../platform/ids.ts";

/**
 * The refusals that stand against a call. Only a proven consent in force, later than the refusal
 * both in when it was said and in when it came on record, lifts one, and only for its own seller and
 * purposes (contract 6). `grants` are those in force for the question. Whatever time a refusal
 * bears, it counts.
 */
export const optOutsAgainst = (
  optOuts: readonly OptOut[],
  question: ConsentQuestion,
  grants: readonly ConsentEvent[],
): readonly OptOut[] =>
  optOuts.filter(
    (optOut) => coversCall(optOut, question) && !grants.some((grant) => lifts(grant, optOut)),
  );

/** Whether a consent, while it is in force, lifts a refusal that it covers. */
export const lifts = ({ isProven, at, recordedAt }: ConsentEvent, optOut: OptOut) =>
  isProven && at > optOut.at && recordedAt > optOut.recordedAt;

/**
 * Whether a consent came after a refusal that it does not lift: it is kept, and counts for nothing.
 * `against` are the refusals that stand.
 */
export const isHeld = (event: ConsentEvent, against: readonly OptOut[]) =>
  isGrant(event) &&
  against.some((optOut) => optOut.at <= event.at || optOut.recordedAt <= event.recordedAt);

/**
 * Since when a person refuses to hear from a seller, whatever the purpose; null where they do not, or have
 * lifted each refusal by a consent that is still in force. `events` are all of the phone, `optOuts` all of
 * the person.
 */
export function refusedSince(
  events: readonly ConsentEvent[],
  optOuts: readonly OptOut[],
  { sellerId, at }: { sellerId: SellerId; at: Date },
): Date | null {
  const byConsent = Map.groupBy(
    events.filter((event) => event.sellerId === sellerId),
    ({ consentId }) => consentId,
  );
  const inForce = [...byConsent.values()].flatMap((said) => {
    const [latest] = said.toSorted(latestFirst);
    const isInForce = latest && isGrant(latest) && (latest.validUntil ?? Infinity) > at;
    return isInForce ? [latest] : [];
  });
  const times = optOuts
    .filter((optOut) => optOut.scope !== "profiling")
    .filter((optOut) => optOut.scope !== "seller" || optOut.sellerId === sellerId)
    .filter((optOut) => !inForce.some((grant) => lifts(grant, optOut)))
    .map(({ recordedAt }) => recordedAt.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}

/**
 * What a consent does about a refusal that came before it. `ended`: it did lift it, and has ended or was
 * taken back since. `imported` and `unproven`: nobody but who recorded it saw the person act. `early`:
 * it was put on record before the refusal was.
 */
export type AgainEffect = "lifts" | "ended" | "imported" | "unproven" | "early";

/** A refusal of a call, and the consents that were said after it, the latest first. */
export type AgreedAgain<Consent extends ConsentEvent, Refusal extends OptOut> = {
  optOut: Refusal;
  grants: readonly { grant: Consent; effect: AgainEffect }[];
  isLifted: boolean;
};

/** What was refused and then agreed to again, as far as a call asks for it; what nobody agreed to again is left out. */
export function agreedAgain<Consent extends ConsentEvent, Refusal extends OptOut>(
  events: readonly Consent[],
  optOuts: readonly Refusal[],
  question: ConsentQuestion,
  at: Date,
): AgreedAgain<Consent, Refusal>[] {
  const standing = standingAt(events, question, at);
  const inForce: readonly ConsentEvent[] = standing.status === "granted" ? standing.grants : [];
  return optOuts.flatMap((optOut) => {
    if (!coversCall(optOut, question)) return [];
    const grants = events
      .filter((event) => coversQuestion(event, question) && event.at <= at)
      .filter((event) => isGrant(event) && event.at > optOut.at)
      .toSorted(latestFirst)
      .map((grant) => ({ grant, effect: effectOf(grant, optOut, inForce) }));
    const isLifted = optOutsAgainst([optOut], question, inForce).length === 0;
    return grants.length === 0 ? [] : [{ optOut, grants, isLifted }];
  });
}

function effectOf(
  grant: ConsentEvent,
  optOut: OptOut,
  inForce: readonly ConsentEvent[],
): AgainEffect {
  if (lifts(grant, optOut)) return inForce.includes(grant) ? "lifts" : "ended";
  if (grant.isImported) return "imported";
  return grant.isProven ? "early" : "unproven";
}
