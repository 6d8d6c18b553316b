import type { Activity, Item } from "../../people/activity/index.ts";
import type { Person } from "./person.ts";
import type { Deed, PropertyFilter } from "./rule.ts";
import { daysIn, instantsIn, isWithin, type Span, todayIn } from "./span.ts";
import { passes, type TestedValue, testedValue } from "./value-test.ts";

/** What a person did of this, within a span of their own days. */
export const deedsOf = (
  { type, where = [] }: Deed,
  { activities }: Person,
  during: Span | undefined,
  zone: string,
  now: Date,
): readonly Activity[] =>
  activities.filter(
    (activity) =>
      activity.type === type &&
      isWithinSpan(activity.at, during, zone, now) &&
      where.every((filter) => passesFilter(activity, filter, zone, now)),
  );

export const isWithinSpan = (at: Date, span: Span | undefined, zone: string, now: Date) =>
  span === undefined || isWithin(at, instantsIn(span, zone, now));

/** How many, what they came to, and how many came to something. */
export function tallyOf(activities: readonly Activity[]) {
  const amounts = activities.flatMap(({ amount }) => amount ?? []);
  const sum = amounts.reduce((sum, amount) => sum + amount, 0);
  return { count: activities.length, sum, priced: amounts.length };
}

const ITEM = "item.";

function passesFilter(
  activity: Activity,
  { property, is }: PropertyFilter,
  zone: string,
  now: Date,
) {
  const days = (span: Span) => daysIn(span, todayIn(zone, now));
  if (!property.startsWith(ITEM)) return passes(is, valueOf(activity, property), days);

  const name = property.slice(ITEM.length);
  const values = itemsOf(activity).flatMap((item) => {
    const value = name === "name" || name === "sku" || name === "category" ? item[name] : undefined;
    return value === undefined ? [] : [testedValue(value)];
  });
  if (is.test === "present") return values.length > 0 === is.isPresent;
  return values.some((value) => passes(is, value, days));
}

function valueOf({ amount, category, properties }: Activity, property: string): TestedValue | null {
  if (property === "amount") return amount === null ? null : { text: null, number: amount / 100 };
  if (property === "category") return category === null ? null : testedValue(category);
  const value = Object.hasOwn(properties, property) ? properties[property] : undefined;
  return value === undefined || typeof value === "object" ? null : testedValue(value);
}

function itemsOf({ properties }: Activity): readonly Item[] {
  const { items } = properties;
  return typeof items === "object" ? items : [];
}
