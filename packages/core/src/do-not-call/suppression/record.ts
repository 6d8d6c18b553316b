import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";
import { WrittenPhone } from "../../people/phone/index.ts";
import { Instant } from "../../platform/time/index.ts";
import { GivenSuppressionReason, SuppressionReason, isInForceAt } from "./suppression.ts";
import { PhoneId, SuppressionId } from "../../platform/ids.ts";

/** A block on a number, to be recorded. `at` is when it begins. Default: now. */
export const RecordSuppression = z.object({
  /** A number in any format. */
  phone: WrittenPhone,
  /** Country (ISO 3166-1 alpha-2) of a number that is written without `+`. */
  region: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional(),
  reason: GivenSuppressionReason,
  at: Instant.optional(),
  /** End of the suppression. Default: none. */
  until: Instant.optional(),
});
export type RecordSuppression = z.infer<typeof RecordSuppression>;

/** Says that the number on the line does not reach the person it was called for. */
export const ReportWrongNumber = RecordSuppression.pick({ phone: true, region: true }).strict();
export type ReportWrongNumber = z.infer<typeof ReportWrongNumber>;

/** Finds the fault in a suppression that would not end after it begins; null if there is none. */
export function findSuppressionFault(
  { at, until }: Pick<RecordSuppression, "at" | "until">,
  now: Date,
): Message | null {
  if (until === undefined || until > (at ?? now)) return null;
  return { key: "suppression.ends-before-it-begins", values: { at: at ?? now, until } };
}

/** A suppression to record. `at` is null if the source names no start. `newId` becomes its id if it is new. */
export type NewSuppression = {
  phoneId: PhoneId;
  reason: SuppressionReason;
  at: Date | null;
  until: Date | null;
  newId: SuppressionId;
};

/** A suppression on record. */
export const KnownSuppression = z.object({
  id: SuppressionId,
  phoneId: PhoneId,
  reason: SuppressionReason,
  at: z.date(),
  until: z.date().nullable(),
});
export type KnownSuppression = z.infer<typeof KnownSuppression>;

export type SuppressionPlan = {
  /**
   * For each suppression that was sent, in order, the one that is then on record. `updated`: its end moved, also if it
   * was itself sent earlier in the same list.
   */
  outcomes: readonly { status: "created" | "updated" | "unchanged"; id: SuppressionId }[];
  /** To be inserted. */
  created: readonly KnownSuppression[];
  /** Known suppressions whose end moves to a later time. */
  updated: readonly KnownSuppression[];
};

/**
 * Plans how new suppressions change the known ones of their phones. No suppression ever ends sooner: with the
 * same phone, reason and start, the later end wins. One without a start is covered by any with the same reason
 * that is in force now and does not end sooner.
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
