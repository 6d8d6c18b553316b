import type { Message } from "../../platform/message/index.ts";
import { covers, type PurposeKey } from "../../account/purpose/index.ts";
import type { ConsentEvent } from "./consent.ts";
import type { Channel } from "../../people/phone/index.ts";
import { isGrant } from "./standing.ts";
import type { WithdrawConsent } from "./withdraw-consent.ts";

export type Withdrawal = {
  purposes: readonly PurposeKey[];
  channels: readonly Channel[];
  at: Date;
};

/** `notes` say where it is not what was sent. */
export type WithdrawalPlan = { notes: readonly Message[] } & (
  | { outcome: "withdraw"; withdrawal: Withdrawal }
  | { outcome: "already-withdrawn" }
);

/**
 * What a person takes back of a consent, given its events. Nothing loses it: a time before the consent, or
 * in the future, becomes the nearest that counts, and a purpose that it was not given for stands for all.
 */
export function planWithdrawal(
  events: readonly ConsentEvent[],
  { purposes, at = null }: Pick<WithdrawConsent, "purposes"> & { at?: Date | null | undefined },
  now: Date,
): WithdrawalPlan {
  const known = sortedSet(events.flatMap((event) => event.purposes));
  const strange = purposes?.find((purpose) => !known.some((node) => covers(node, purpose)));
  const named = strange === undefined ? sortedSet(purposes ?? known) : known;
  const notes = strange === undefined ? [] : [notGivenFor(strange, known)];
  const isDone =
    known.length === 0
      ? areTakenBack(events)
      : named.every((purpose) => isWithdrawn(events, purpose));
  if (isDone) {
    return { outcome: "already-withdrawn", notes };
  }
  const since = Math.min(...events.map((event) => event.at.getTime()));
  const said = new Date(Math.max(since, Math.min((at ?? now).getTime(), now.getTime())));
  const channels = sortedSet(events.flatMap((event) => event.channels));
  return { outcome: "withdraw", withdrawal: { purposes: named, channels, at: said }, notes };
}

const notGivenFor = (purpose: PurposeKey, known: readonly PurposeKey[]): Message => ({
  key: "consent.purpose-not-given",
  values: { purpose, known: known.join(", ") },
});

/** Whether a withdrawal covers it that no later grant of the same consent has overtaken. */
function isWithdrawn(events: readonly ConsentEvent[], purpose: PurposeKey): boolean {
  const covering = events.filter((event) => event.purposes.some((node) => covers(node, purpose)));
  return areTakenBack(covering);
}

/** True if the last withdrawal among them is no earlier than the last grant. */
function areTakenBack(events: readonly ConsentEvent[]): boolean {
  const granted = events.filter(isGrant).map((event) => event.at.getTime());
  const taken = events
    .filter(({ type }) => type === "withdrawn")
    .map((event) => event.at.getTime());
  return taken.length > 0 && Math.max(...taken) >= Math.max(...granted);
}

const sortedSet = <T extends string>(names: readonly T[]): T[] => [...new Set(names)].toSorted();
