import { type ConsentEvent, determineStanding } from "../src/consents/consent/index.ts";
import { type KnownSegments, usesBehavior } from "../src/audience/segment/rule-references.ts";
import {
  type ActivityCondition,
  type ConditionOfKind,
  type PropertyFilter,
  type Rule,
  meetsComparison,
} from "../src/audience/segment/rule.ts";
import {
  type Span,
  findToday,
  isWithinInstants,
  toDays,
  toInstants,
} from "../src/audience/segment/span.ts";
import {
  type TestedValue,
  truncateText,
  passes,
  toTestedValue,
} from "../src/audience/segment/value-test.ts";
import type { Activity, Item } from "../src/people/activity/index.ts";

/** Time of evaluation, and the zone of people without one. */
export type EvaluationContext = { now: Date; zone: string; segments: KnownSegments };

/**
 * Finds the members of a segment by the plain definition of each condition, one person after another. Slow:
 * it is the reference that tests compare SQL and columns with.
 */
export function findMembersByDefinition(
  rule: Rule,
  people: readonly Person[],
  world: EvaluationContext,
): Set<number> {
  const isRefusable = usesBehavior(rule, world.segments);
  const members = people.filter(
    (person) =>
      !(isRefusable && person.hasRefusedProfiling) && matches(rule, person, people, world),
  );
  return new Set(members.map(({ ordinal }) => ordinal));
}

function matches(
  rule: Rule,
  person: Person,
  people: readonly Person[],
  world: EvaluationContext,
): boolean {
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
      const tested = value === undefined ? null : toTestedValue(value);
      return passes(rule.test, tested, (span) => toDays(span, findToday(zone, world.now)));
    }
    case "activity":
      return meetsActivityTotal(rule, person, zone, world);
    case "occasion":
      return meetsOccasion(rule, person, zone, world);
    case "sequence":
      return meetsSequence(rule, person, zone, world);
    case "ranking":
      return meetsRanking(rule, person, people);
    case "consent":
      return person.consents.some((events) => meetsConsent(rule, events, world));
    case "preference":
      return meetsPreference(rule, person);
    case "calls": {
      const calls = person.calls.filter(
        ({ at, outcome }) =>
          isWithinSpan(at, rule.during, zone, world.now) &&
          (!rule.outcomes || (outcome !== null && rule.outcomes.includes(outcome))),
      );
      return meetsComparison(calls.length, rule.compare);
    }
    case "segment": {
      const other = world.segments.get(rule.segment);
      return other !== undefined && below(other.rule);
    }
  }
}

function meetsActivityTotal(
  rule: ConditionOfKind<"activity">,
  person: Person,
  zone: string,
  { now }: EvaluationContext,
) {
  const { count, sum, priced } = totalActivities(
    findActivities(rule.did, person, rule.during, zone, now),
  );
  const { op, value } = rule.compare;
  switch (rule.measure) {
    case "count":
      return meetsComparison(count, rule.compare);
    case "sum":
      return meetsComparison(sum, { op, value: toHundredths(value) });
    case "average":
      return priced > 0 && meetsComparison(sum, { op, value: toHundredths(value) * priced });
  }
}

/** Converts an amount to hundredths, as it is stored. */
const toHundredths = (value: number) => Math.round(value * 100);

function meetsOccasion(
  rule: ConditionOfKind<"occasion">,
  person: Person,
  zone: string,
  { now }: EvaluationContext,
) {
  const times = findActivities(rule.did, person, undefined, zone, now).map(({ at }) =>
    at.getTime(),
  );
  if (times.length === 0) return false;
  const at = new Date(rule.which === "first" ? Math.min(...times) : Math.max(...times));
  return isWithinSpan(at, rule.when, zone, now);
}

const DAY_MS = 86_400_000;

function meetsSequence(
  rule: ConditionOfKind<"sequence">,
  person: Person,
  zone: string,
  { now }: EvaluationContext,
) {
  const others = findActivities(rule.next, person, undefined, zone, now);
  return findActivities(rule.first, person, rule.during, zone, now).some(({ at }) => {
    const until = new Date(at.getTime() + rule.withinDays * DAY_MS);
    const isFollowed = others.some((next) => next.at > at && next.at <= until);
    return rule.happened ? isFollowed : !isFollowed && until <= now;
  });
}

function meetsRanking(
  { type, by, end, percent }: ConditionOfKind<"ranking">,
  person: Person,
  people: readonly Person[],
) {
  const worth = (one: Person) => {
    const did = one.activities.filter((activity) => activity.type === type);
    if (did.length === 0) return null;
    if (by === "frequency") return did.length;
    if (by === "money") return totalActivities(did).sum;
    return Math.max(...did.map(({ at }) => at.getTime()));
  };
  const own = worth(person);
  if (own === null) return false;
  const all = people.flatMap((one) => worth(one) ?? []);
  const ahead = all.filter((other) => (end === "top" ? other > own : other < own)).length;
  return ahead * 100 < percent * all.length;
}

function meetsConsent(
  { standing, seller, purpose, channel }: ConditionOfKind<"consent">,
  events: Person["consents"][number],
  { now }: EvaluationContext,
) {
  const { status } = determineStanding(events, { sellerId: seller, purpose, channel }, now);
  return standing === "withdrawn"
    ? status === "withdrawn" || status === "refused"
    : status === standing;
}

function meetsPreference({ topic, values }: ConditionOfKind<"preference">, { activities }: Person) {
  const [latest] = activities
    .filter(
      ({ type, properties }) => type === "preference" && readPreference(properties.topic) === topic,
    )
    .toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.key < b.key ? 1 : -1));
  const value = readPreference(latest?.properties.value);
  return value !== null && values.includes(value);
}

const LONGEST_PREFERENCE = 200;
const readPreference = (text: unknown) =>
  typeof text === "string" ? truncateText(text, LONGEST_PREFERENCE) : null;

/** Finds a person's activities that pass all filters, within a span of their own days. */
const findActivities = (
  { type, where = [] }: ActivityCondition,
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
  span === undefined || isWithinInstants(at, toInstants(span, zone, now));

/** Totals activities: how many, the sum of amounts, and how many have an amount. */
function totalActivities(activities: readonly Activity[]) {
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
  const days = (span: Span) => toDays(span, findToday(zone, now));
  if (!property.startsWith(ITEM)) return passes(is, readProperty(activity, property), days);

  const name = property.slice(ITEM.length);
  const values = listItems(activity).flatMap((item) => {
    const value = name === "name" || name === "sku" || name === "category" ? item[name] : undefined;
    return value === undefined ? [] : [toTestedValue(value)];
  });
  if (is.test === "present") return values.length > 0 === is.isPresent;
  return values.some((value) => passes(is, value, days));
}

function readProperty(
  { amount, category, properties }: Activity,
  property: string,
): TestedValue | null {
  if (property === "amount") return amount === null ? null : { text: null, number: amount / 100 };
  if (property === "category") return category === null ? null : toTestedValue(category);
  const value = Object.hasOwn(properties, property) ? properties[property] : undefined;
  return value === undefined || typeof value === "object" ? null : toTestedValue(value);
}

function listItems({ properties }: Activity): readonly Item[] {
  const { items } = properties;
  return typeof items === "object" ? items : [];
}

/** Everything that rules can ask about a person. */
export type Person = {
  ordinal: number;
  /** IANA name. Null if unknown. */
  zone: string | null;
  fields: Record<string, string | number | boolean>;
  activities: readonly (Activity & { key: string })[];
  calls: readonly { at: Date; outcome: string | null }[];
  /** Consent events, by phone. */
  consents: readonly (readonly ConsentEvent[])[];
  hasRefusedProfiling: boolean;
};
