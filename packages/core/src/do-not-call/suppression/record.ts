import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";
import { WrittenPhone } from "../../people/phone/index.ts";
import { Instant } from "../../platform/time/index.ts";
import { type Suppression, SuppressionReason, isInForceAt } from "./suppression.ts";
import type { PhoneId, SuppressionId } from "../../platform/ids.ts";

/** A number that is not to be called from now on, or from `at`. */
export const RecordSuppression = z.object({
  /** As people write it. */
  phone: WrittenPhone,
  /** ISO 3166-1 alpha-2: how a number written without `+` is read. */
  region: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional(),
  reason: SuppressionReason,
  at: Instant.optional(),
  /** When it ends; left out, never. */
  until: Instant.optional(),
});
export type RecordSuppression = z.infer<typeof RecordSuppression>;

/** Why it would hold at no time, if it would not. */
export function findSuppressionFault(
  { at, until }: Pick<RecordSuppression, "at" | "until">,
  now: Date,
): Message | null {
  if (until === undefined || until > (at ?? now)) return null;
  return { key: "suppression.ends-before-it-begins", values: { at: at ?? now, until } };
}

/** `at` null: it does not say since when. `newId` is its own if it is new. */
export type NewSuppression = {
  phoneId: PhoneId;
  reason: SuppressionReason;
  at: Date | null;
  until: Date | null;
  newId: SuppressionId;
};

export type KnownSuppression = Suppression & { id: SuppressionId; phoneId: PhoneId };

export type SuppressionPlan = {
  /** Of each that was sent, in their order, what is then on record. */
  outcomes: readonly { status: "created" | "updated" | "unchanged"; id: SuppressionId }[];
  created: readonly KnownSuppression[];
  /** Those that now end later. */
  updated: readonly KnownSuppression[];
};

/**
 * What suppressions change in those on record of their phones. None ends sooner than it did: the
 * same phone, reason and time is the same one, and the later end counts. One that says no time is
 * covered by any that is in force now and ends no sooner.
 */
export function planSuppressions(
  sent: readonly NewSuppression[],
  known: readonly KnownSuppression[],
  now: Date,
): SuppressionPlan {
  const byPhone = Map.groupBy(known, ({ phoneId }) => phoneId);
  const created = new Map<SuppressionId, KnownSuppression>();
  const updated = new Map<SuppressionId, KnownSuppression>();

  const outcomes = sent.map(({ newId, at, ...rest }) => {
    const ofPhone = byPhone.get(rest.phoneId) ?? [];
    const same = ofPhone.filter((other) => isSameSuppression(other, rest.reason, at, now));
    const covering = same.find(({ until }) => toEndTime(until) >= toEndTime(rest.until));
    if (covering) return { status: "unchanged", id: covering.id } as const;

    const since = at ?? now;
    const shorter = same.find((other) => other.at.getTime() === since.getTime());
    const suppression = { ...rest, id: shorter?.id ?? newId, at: since };
    byPhone.set(rest.phoneId, [...ofPhone.filter((other) => other !== shorter), suppression]);
    const isNew = !shorter || created.has(shorter.id);
    (isNew ? created : updated).set(suppression.id, suppression);
    return { status: shorter ? "updated" : "created", id: suppression.id } as const;
  });
  return { outcomes, created: [...created.values()], updated: [...updated.values()] };
}

const isSameSuppression = (
  known: KnownSuppression,
  reason: SuppressionReason,
  at: Date | null,
  now: Date,
): boolean =>
  known.reason === reason &&
  (at === null ? isInForceAt(known, now) : known.at.getTime() === at.getTime());

/** Milliseconds; without an end, later than any. */
const toEndTime = (until: Date | null) => until?.getTime() ?? Number.POSITIVE_INFINITY;
