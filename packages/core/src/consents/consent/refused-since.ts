import type { SellerId } from "../../platform/ids.ts";
import type { OptOut } from "../../do-not-call/opt-out/index.ts";
import type { ConsentEvent } from "./consent.ts";
import { latestFirst } from "./latest-first.ts";
import { lifts } from "./opt-outs-against.ts";
import { isGrant } from "./standing.ts";

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
