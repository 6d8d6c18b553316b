import { type ConsentEvent, standingAt } from "../../consents/consent/index.ts";
import { type KnownSegments, isByBehavior } from "./rule-references.ts";
import type { Comparison, Deed, LeafOf, PropertyFilter, Rule } from "./rule.ts";
import { type Span, daysIn, instantsIn, isWithin, todayIn } from "./span.ts";
import { type TestedValue, beginningOf, passes, testedValue } from "./value-test.ts";
import type { Activity, Item } from "../../people/activity/index.ts";

/** When it is asked, and where who did not say lives. */
export type World = { now: Date; zone: string; segments: KnownSegments };

/**
 * Who is in a segment: by the book and slowly, one person after the other. What the database answers is
 * compared with this.
 */
export function membersOf(rule: Rule, people: readonly Person[], world: World): Set<number> {
  const isRefusable = isByBehavior(rule, world.segments);
  const members = people.filter(
    (person) =>
      !(isRefusable && person.hasRefusedProfiling) && matches(rule, person, people, world),
  );
  return new Set(members.map(({ ordinal }) => ordinal));
}

function matches(rule: Rule, person: Person, people: readonly Person[], world: World): boolean {
  const below = (inner: Rule) => matches(inner, person, people, world);
  const zone = person.zone ?? world.zone;
  switch (rule.is) {
    case "all":
      return rule.of.every(below);
    case "any":
      return rule.of.some(below);
    case "none":
      return !rule.of.some(below);
    case "attribute": {
      const value = Object.hasOwn(person.fields, rule.field)
        ? person.fields[rule.field]
        : undefined;
      const tested = value === undefined ? null : testedValue(value);
      return passes(rule.test, tested, (span) => daysIn(span, todayIn(zone, world.now)));
    }
    case "activity":
      return isTally(rule, person, zone, world);
    case "occasion":
      return isOccasion(rule, person, zone, world);
    case "sequence":
      return isSequence(rule, person, zone, world);
    case "ranking":
      return isRanked(rule, person, people);
    case "consent":
      return person.consents.some((events) => isStanding(rule, events, world));
    case "preference":
      return isPreferred(rule, person);
    case "calls": {
      const calls = person.calls.filter(
        ({ at, outcome }) =>
          isWithinSpan(at, rule.during, zone, world.now) &&
          (!rule.outcomes || (outcome !== null && rule.outcomes.includes(outcome))),
      );
      return compares(calls.length, rule.compare);
    }
    case "segment": {
      const other = world.segments.get(rule.segment);
      return other !== undefined && below(other.rule);
    }
  }
}

function isTally(rule: LeafOf<"activity">, person: Person, zone: string, { now }: World) {
  const { count, sum, priced } = tallyOf(deedsOf(rule.did, person, rule.during, zone, now));
  const { op, value } = rule.compare;
  switch (rule.measure) {
    case "count":
      return compares(count, rule.compare);
    case "sum":
      return compares(sum, { op, value: hundredths(value) });
    case "average":
      return priced > 0 && compares(sum, { op, value: hundredths(value) * priced });
  }
}

/** Amounts are kept in hundredths. */
export const hundredths = (value: number) => Math.round(value * 100);

export function compares(found: number, { op, value }: Comparison) {
  switch (op) {
    case "at-least":
      return found >= value;
    case "at-most":
      return found <= value;
    case "exactly":
      return found === value;
  }
}

function isOccasion(rule: LeafOf<"occasion">, person: Person, zone: string, { now }: World) {
  const times = deedsOf(rule.did, person, undefined, zone, now).map(({ at }) => at.getTime());
  if (times.length === 0) return false;
  const at = new Date(rule.which === "first" ? Math.min(...times) : Math.max(...times));
  return isWithinSpan(at, rule.when, zone, now);
}

const DAY_MS = 86_400_000;

function isSequence(rule: LeafOf<"sequence">, person: Person, zone: string, { now }: World) {
  const others = deedsOf(rule.next, person, undefined, zone, now);
  return deedsOf(rule.first, person, rule.during, zone, now).some(({ at }) => {
    const until = new Date(at.getTime() + rule.withinDays * DAY_MS);
    const isFollowed = others.some((next) => next.at > at && next.at <= until);
    return rule.happened ? isFollowed : !isFollowed && until <= now;
  });
}

function isRanked(
  { type, by, end, percent }: LeafOf<"ranking">,
  person: Person,
  people: readonly Person[],
) {
  const worth = (one: Person) => {
    const did = one.activities.filter((activity) => activity.type === type);
    if (did.length === 0) return null;
    if (by === "frequency") return did.length;
    if (by === "money") return tallyOf(did).sum;
    return Math.max(...did.map(({ at }) => at.getTime()));
  };
  const own = worth(person);
  if (own === null) return false;
  const all = people.flatMap((one) => worth(one) ?? []);
  const ahead = all.filter((other) => (end === "top" ? other > own : other < own)).length;
  return ahead * 100 < percent * all.length;
}

function isStanding(
  { standing, seller, purpose, channel }: LeafOf<"consent">,
  events: Person["consents"][number],
  { now }: World,
) {
  const { status } = standingAt(events, { sellerId: seller, purpose, channel }, now);
  return standing === "withdrawn"
    ? status === "withdrawn" || status === "refused"
    : status === standing;
}

function isPreferred({ topic, values }: LeafOf<"preference">, { activities }: Person) {
  const [latest] = activities
    .filter(({ type, properties }) => type === "preference" && said(properties.topic) === topic)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.key < b.key ? 1 : -1));
  const value = said(latest?.properties.value);
  return value !== null && values.includes(value);
}

const LONGEST_PREFERENCE = 200;
const said = (text: unknown) =>
  typeof text === "string" ? beginningOf(text, LONGEST_PREFERENCE) : null;

/** What a person did of this, within a span of their own days. */
const deedsOf = (
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

const isWithinSpan = (at: Date, span: Span | undefined, zone: string, now: Date) =>
  span === undefined || isWithin(at, instantsIn(span, zone, now));

/** How many, what they came to, and how many came to something. */
function tallyOf(activities: readonly Activity[]) {
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

/** All that rules ask of a person. */
export type Person = {
  ordinal: number;
  /** IANA name; null where they did not tell. */
  zone: string | null;
  fields: Record<string, string | number | boolean>;
  activities: readonly (Activity & { key: string })[];
  calls: readonly { at: Date; outcome: string | null }[];
  /** What was said of each of their phones. */
  consents: readonly (readonly ConsentEvent[])[];
  hasRefusedProfiling: boolean;
};
