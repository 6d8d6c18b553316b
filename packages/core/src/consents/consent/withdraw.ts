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
  /** Purposes of the consent, or purposes below them. Default: all. */
  purposes: z.array(PurposeKey).min(1).max(20).optional(),
  /** Time at which the person said so. Default: now. */
  at: WrittenInstant.optional(),
  /** Channel through which it reached us. */
  channel: OptOutChannel.optional(),
};

/**
 * Input of a withdrawal. As with an opt-out, no fault in it loses the withdrawal: unreadable purposes or times are left
 * out, so that the whole consent is withdrawn as of now, and a missing or unreadable channel is taken for the API. Only
 * the consent's id must be valid.
 */
export const WithdrawConsent = z.object({
  consent: ConsentId,
  purposes: fields.purposes.catch(undefined),
  at: fields.at.catch(undefined),
  channel: OptOutChannel.catch("api"),
});

export type WithdrawConsent = z.infer<typeof WithdrawConsent>;

const WellFormedWithdrawal = z.strictObject(fields).nullish();

/** Lists the fields of a withdrawal that could not be read. The notes of the response name them. */
export const listOddWithdrawalFields = (sent: unknown) =>
  listInvalidFields(WellFormedWithdrawal, sent);

/** Source of a consent event: the source of a consent, the channel of a withdrawal, or an erasure. */
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

/**
 * The withdrawal to record, or `already-withdrawn` if there is nothing left to withdraw. `notes` say how it differs from
 * the request; a time that was moved is not noted.
 */
export type WithdrawalPlan = { notes: readonly Message[] } & (
  | { outcome: "withdraw"; withdrawal: Withdrawal }
  | { outcome: "already-withdrawn" }
);

/**
 * Plans the withdrawal of a consent, given all its events, of which there must be at least one. No fault loses it: a
 * time before the consent was first given or in the future becomes the nearest that counts, and a purpose that was
 * never given means all of them. It covers all channels of the consent. A withdrawal from before a renewal leaves the
 * renewal in force; sent again, it is `already-withdrawn`.
 */
export function planWithdrawal(
  events: readonly ConsentEvent[],
  { purposes, at = null }: Pick<WithdrawConsent, "purposes"> & { at?: Date | null | undefined },
  now: Date,
): WithdrawalPlan {
  const given = toSortedSet(events.flatMap((event) => event.purposes));
  const neverGiven = purposes?.find((purpose) => !given.some((one) => covers(one, purpose)));
  const toWithdraw = neverGiven === undefined ? toSortedSet(purposes ?? given) : given;
  const notes = neverGiven === undefined ? [] : [createNotGivenNote(neverGiven, given)];
  const isAlreadyWithdrawn =
    given.length === 0
      ? areWithdrawn(events)
      : toWithdraw.every((purpose) => isWithdrawn(events, purpose));
  if (isAlreadyWithdrawn) {
    return { outcome: "already-withdrawn", notes };
  }
  // A consent is often requested before it is given, and a letter may be dated in between, or by its day alone.
  const grants = events.filter((event) => isGrant(event) && event.at <= now);
  const beginnings = (grants.length > 0 ? grants : events).map((event) => event.at.getTime());
  const since = Math.min(...beginnings);
  const withdrawnAt = new Date(Math.max(since, Math.min((at ?? now).getTime(), now.getTime())));
  if (events.some((event) => isSameWithdrawal(event, toWithdraw, withdrawnAt)))
    return { outcome: "already-withdrawn", notes };
  const channels = toSortedSet(events.flatMap((event) => event.channels));
  const withdrawal = { purposes: toWithdraw, channels, at: withdrawnAt };
  return { outcome: "withdraw", withdrawal, notes };
}

/** True if the event withdraws exactly these purposes at this time. */
const isSameWithdrawal = (event: ConsentEvent, purposes: readonly PurposeKey[], at: Date) =>
  event.type === "withdrawn" &&
  event.at.getTime() === at.getTime() &&
  toSortedSet(event.purposes).join() === toSortedSet(purposes).join();

const createNotGivenNote = (purpose: PurposeKey, given: readonly PurposeKey[]): Message => ({
  key: "consent.purpose-not-given",
  values: { purpose, known: given.join(", ") },
});

/** True if the purpose was withdrawn and not granted again later. */
function isWithdrawn(events: readonly ConsentEvent[], purpose: PurposeKey): boolean {
  const covering = events.filter((event) => event.purposes.some((node) => covers(node, purpose)));
  return areWithdrawn(covering);
}

/** True if the last withdrawal among them is no earlier than the last grant. */
function areWithdrawn(events: readonly ConsentEvent[]): boolean {
  const granted = events.filter(isGrant).map((event) => event.at.getTime());
  const withdrawn = events
    .filter(({ type }) => type === "withdrawn")
    .map((event) => event.at.getTime());
  return withdrawn.length > 0 && Math.max(...withdrawn) >= Math.max(...granted);
}

const toSortedSet = <T extends string>(names: readonly T[]): T[] => [...new Set(names)].toSorted();
