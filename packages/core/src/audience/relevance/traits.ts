import { z } from "zod";
import type { Activity } from "../../people/activity/index.ts";
import type { CallResult } from "./call-result.ts";
import { DAY_MS } from "../../platform/time/index.ts";
import { isSpecialCategory } from "./special-category.ts";

/** What is known of a person before a call, by trait. Null, or left out, where nobody knows. */
export type Traits = Readonly<Record<string, string | number | null>>;

/** A trait that a model may weigh: a number by steps, a category by its values. */
export const Trait = z.object({ name: z.string(), kind: z.enum(["category", "number"]) });
export type Trait = z.infer<typeof Trait>;

/** A call that has come to something, and what was known before it. */
export type Observation = { traits: Traits; isAccepted: boolean };

/** The value of a category; of what nobody knows, an empty one. */
export const valueIn = (traits: Traits, name: string): string => String(traits[name] ?? "");

/** A number; null where nobody knows it. */
export function numberIn(traits: Traits, name: string): number | null {
  const value = traits[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** What an organization knows of a person, of all times. */
export type KnownPerson = {
  attributes: Readonly<Record<string, unknown>>;
  activities: readonly Pick<Activity, "type" | "at" | "amount" | "category">[];
  /** `offer`: by its id, the one that was made; null where nobody knows. */
  calls: readonly { at: Date; result: CallResult | null; offer?: string | null }[];
};

/** The traits that everybody has, whatever an organization keeps. */
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

/** An attribute of contacts as a trait, apart from the names above. */
export const ATTRIBUTE = "attribute.";

/**
 * What was known before an instant, and nothing of what came then; with the offer that is made, where one
 * is. Amounts are in hundredths.
 */
export function traitsBefore(
  { attributes, activities, calls }: KnownPerson,
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
    ...attributeTraits(attributes),
    [HistoryTrait.calls]: before(calls, 90).length,
    [HistoryTrait.sinceCall]: since(earlier),
    [HistoryTrait.lastResult]: lastResultOf(earlier),
    [HistoryTrait.purchases]: recent.length,
    [HistoryTrait.spent]: sumOf(recent),
    [HistoryTrait.sincePurchase]: since(purchases),
    [HistoryTrait.visits]: visits.length,
    [HistoryTrait.category]: favoriteOf(purchases),
    [HistoryTrait.offer]: offer,
    [HistoryTrait.resultOfOffer]:
      offer === null ? null : lastResultOf(earlier.filter((call) => call.offer === offer)),
  };
}

function attributeTraits(attributes: Readonly<Record<string, unknown>>): Traits {
  const traits: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "number" || typeof value === "string")
      traits[`${ATTRIBUTE}${name}`] = value;
    if (typeof value === "boolean") traits[`${ATTRIBUTE}${name}`] = String(value);
  }
  return traits;
}

function lastResultOf(calls: KnownPerson["calls"]): CallResult | null {
  const answered = calls.filter(({ result }) => result !== null);
  return answered.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1)?.result ?? null;
}

type Purchases = readonly { amount: number | null; category: string | null }[];

const sumOf = (purchases: Purchases) =>
  purchases.reduce((sum, { amount }) => sum + (amount ?? 0), 0);

/** On which most was spent. What tells of a special category (a pharmacy's goods) is none. */
function favoriteOf(purchases: Purchases): string | null {
  const named = purchases.filter(({ category }) => category && !isSpecialCategory(category));
  const sums = [...Map.groupBy(named, ({ category }) => category)].map(([category, group]) => ({
    category,
    spent: sumOf(group),
  }));
  return sums.toSorted((a, b) => b.spent - a.spent)[0]?.category ?? null;
}
