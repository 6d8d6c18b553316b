import { z } from "zod";
import type { Activity } from "../../people/activity/index.ts";
import type { CallResult } from "./call-result.ts";
import { DAY_MS } from "../../platform/time/index.ts";
import { isSpecialCategory } from "./special-category.ts";

/** Facts about a person that were known before a call. Null or missing if unknown. */
export type Traits = Readonly<Record<string, string | number | null>>;

/** A trait that a model may use: a number by steps, a category by its values. */
export const Trait = z.object({ name: z.string(), kind: z.enum(["category", "number"]) });
export type Trait = z.infer<typeof Trait>;

/** The traits known before a call, and whether it was accepted. */
export type Observation = { traits: Traits; isAccepted: boolean };

/** Reads a category. Empty if unknown. */
export const readCategory = (traits: Traits, name: string): string => String(traits[name] ?? "");

/** Reads a number. Null if unknown. */
export function readNumber(traits: Traits, name: string): number | null {
  const value = traits[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Input for computing a person's traits. */
export type PersonHistory = {
  attributes: Readonly<Record<string, unknown>>;
  activities: readonly Pick<Activity, "type" | "at" | "amount" | "category">[];
  /** `offer`: the ID of the offer that was made. Null if unknown. */
  calls: readonly { at: Date; result: CallResult | null; offer?: string | null }[];
};

/** Traits that exist in every organization. */
export const HistoryTrait = {
  calls: "calls-90-days",
  sinceCall: "days-since-call",
  lastResult: "last-result",
  purchases: "purchases-365-days",
  spent: "spent-365-days",
  sincePurchase: "days-since-purchase",
  visits: "visits-90-days",
  category: "favorite-category",
  offer: "offer",
  resultOfOffer: "last-result-of-offer",
} as const;

/** Marks a contact attribute, so that it cannot clash with the names above. */
export const ATTRIBUTE_PREFIX = "attribute.";

/**
 * Computes the traits known before a time, ignoring later activities and calls. Attributes have no time: their
 * present values are used. `offer` is the offer to be made. Amounts are in hundredths.
 */
export function computeTraits(
  { attributes, activities, calls }: PersonHistory,
  at: Date,
  offer: string | null = null,
): Traits {
  const daysBefore = (each: { at: Date }) => (at.getTime() - each.at.getTime()) / DAY_MS;
  const before = <T extends { at: Date }>(all: readonly T[], days = Infinity) =>
    all.filter((each) => daysBefore(each) > 0 && daysBefore(each) <= days);
  const since = (all: readonly { at: Date }[]) =>
    all.length === 0 ? null : Math.floor(Math.min(...all.map(daysBefore)));

  const purchases = before(activities.filter(({ type }) => type === "purchase"));
  const recent = before(purchases, 365);
  const visits = before(
    activities.filter(({ type }) => type === "visit"),
    90,
  );
  const earlier = before(calls);
  return {
    ...toAttributeTraits(attributes),
    [HistoryTrait.calls]: before(calls, 90).length,
    [HistoryTrait.sinceCall]: since(earlier),
    [HistoryTrait.lastResult]: findLastResult(earlier),
    [HistoryTrait.purchases]: recent.length,
    [HistoryTrait.spent]: sumAmounts(recent),
    [HistoryTrait.sincePurchase]: since(purchases),
    [HistoryTrait.visits]: visits.length,
    [HistoryTrait.category]: findFavoriteCategory(purchases),
    [HistoryTrait.offer]: offer,
    [HistoryTrait.resultOfOffer]:
      offer === null ? null : findLastResult(earlier.filter((call) => call.offer === offer)),
  };
}

function toAttributeTraits(attributes: Readonly<Record<string, unknown>>): Traits {
  const traits: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "number" || typeof value === "string")
      traits[`${ATTRIBUTE_PREFIX}${name}`] = value;
    if (typeof value === "boolean") traits[`${ATTRIBUTE_PREFIX}${name}`] = String(value);
  }
  return traits;
}

function findLastResult(calls: PersonHistory["calls"]): CallResult | null {
  const answered = calls.filter(({ result }) => result !== null);
  return answered.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1)?.result ?? null;
}

type Purchases = readonly { amount: number | null; category: string | null }[];

const sumAmounts = (purchases: Purchases) =>
  purchases.reduce((sum, { amount }) => sum + (amount ?? 0), 0);

/** Finds the category with the most spending. Special categories (a pharmacy's goods) are ignored. */
function findFavoriteCategory(purchases: Purchases): string | null {
  const named = purchases.filter(({ category }) => category && !isSpecialCategory(category));
  const sums = [...Map.groupBy(named, ({ category }) => category)].map(([category, group]) => ({
    category,
    spent: sumAmounts(group),
  }));
  return sums.toSorted((a, b) => b.spent - a.spent)[0]?.category ?? null;
}
