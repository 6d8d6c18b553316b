import type { PhoneId, SuppressionId } from "../../platform/ids.ts";
import { suppressesAt } from "./suppresses-at.ts";
import type { Suppression, SuppressionReason } from "./suppression.ts";

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
    const same = ofPhone.filter((other) => isSame(other, rest.reason, at, now));
    const covering = same.find(({ until }) => endOf(until) >= endOf(rest.until));
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

const isSame = (
  known: KnownSuppression,
  reason: SuppressionReason,
  at: Date | null,
  now: Date,
): boolean =>
  known.reason === reason &&
  (at === null ? suppressesAt(known, now) : known.at.getTime() === at.getTime());

/** Milliseconds; without an end, later than any. */
const endOf = (until: Date | null) => until?.getTime() ?? Number.POSITIVE_INFINITY;
