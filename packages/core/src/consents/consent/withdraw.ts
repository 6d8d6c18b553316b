import { z } from "zod";
import { ConsentId } from "../../platform/ids.ts";
import { type Message, listInvalidFields } from "../../platform/message/index.ts";
import { OptOutChannel } from "../../do-not-call/opt-out/index.ts";
import { PurposeKey, covers } from "../../account/purpose/index.ts";
import { WrittenInstant } from "../../platform/time/index.ts";
import { type ConsentEvent, ConsentSource } from "./consent.ts";
import type { Channel } from "../../people/phone/index.ts";
import { isGrant } from "./standing.ts";

const fields = {
  /** Which of its purposes, or nodes below them; left out, all. */
  purposes: z.array(PurposeKey).min(1).max(20).optional(),
  /** When the person said so, where that was not now. */
  at: WrittenInstant.optional(),
  /** How it reached us. */
  channel: OptOutChannel.optional(),
};

/**
 * A person takes back what they agreed to. As with an opt-out nothing that is wrong with what is said of it
 * can lose it: what cannot be read is left out, so that all of the consent is taken back, as of now.
 */
export const WithdrawConsent = z.object({
  consent: ConsentId,
  purposes: fields.purposes.catch(undefined),
  at: fields.at.catch(undefined),
  channel: OptOutChannel.catch("api"),
});

export type WithdrawConsent = z.infer<typeof WithdrawConsent>;

const AsItShouldBe = z.strictObject(fields).nullish();

/** Which fields of a withdrawal could not be read as sent, so that its answer can say so in `notes`. */
export const unreadOfWithdrawal = (sent: unknown) => listInvalidFields(AsItShouldBe, sent);

/** Where an event of a consent came from: as a consent is given, as one is taken back, or an erasure. */
export const EventSource = z.enum([
  ...ConsentSource.options,
  ...OptOutChannel.exclude(["import"]).options,
  "erasure",
]);

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
