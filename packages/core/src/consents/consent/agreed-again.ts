import { type OptOut, refusesCall } from "../../do-not-call/opt-out/index.ts";
import type { ConsentEvent } from "./consent.ts";
import { latestFirst } from "./latest-first.ts";
import { lifts, optOutsAgainst } from "./opt-outs-against.ts";
import { type ConsentQuestion, coversQuestion, isGrant, standingAt } from "./standing.ts";

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
    if (!refusesCall(optOut, question)) return [];
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
