import fc from "fast-check";
import {
  type ActivityProperties,
  type ActivityType,
  withCommonTypes,
} from "../src/people/activity/index.ts";
import { SegmentId } from "../src/platform/ids.ts";
import type { Condition, Rule, Span, ValueTest } from "../src/audience/segment/index.ts";
import type { Person } from "./segment-reference.ts";
import { sellerA, sellerB } from "./facts.ts";
import { aConsentEvent } from "./arbitraries.ts";

// Few fields, types and values, and instants close to where days begin, so that rules often select
// some people and not all.

/** Half past midnight in Moscow on the day on which Europe's clocks have gone forward. */
export const segmentNow = new Date("2026-03-29T21:30:00.000Z");
export const homeZone = "Europe/London";
export const otherSegment = SegmentId.parse("00000000-0000-7000-8000-0000000000aa");

export const segmentTypes: readonly ActivityType[] = withCommonTypes([
  { key: "test-drive", properties: { model: "text", minutes: "number", on: "date", sold: "flag" } },
]);
export const segmentFields = new Map([
  ["city", "text"],
  ["age", "number"],
  ["joined", "date"],
  ["vip", "flag"],
] as const);

const zones = [
  null,
  null,
  "America/New_York",
  "Asia/Kamchatka",
  "Pacific/Kiritimati",
  "Pacific/Honolulu",
];
const cities = ["Омск", "Tver", "O'Fallon"];
const words = ["garden", "office", "%_\\"];
const HOUR_MS = 3_600_000;

/** About where the days of a span begin somewhere, to the millisecond, and days that mean nothing. */
const anInstant = fc
  .record({
    days: fc.constantFrom(0, 0, 1, 1, 2, 3, 7, 8, 30, 31, 90, 400),
    hours: fc.integer({ min: 0, max: 30 }),
    ms: fc.constantFrom(0, 0, -1, 1),
  })
  .map(({ days, hours, ms }) => {
    const midnight = Date.parse("2026-03-29T00:00:00Z") - days * 24 * HOUR_MS;
    return new Date(Math.min(midnight + (hours - 12) * HOUR_MS + ms, segmentNow.getTime()));
  });

const aDay = fc.constantFrom(
  "2026-03-28",
  "2026-03-29",
  "2026-03-30",
  "2026-03-31",
  "2026-03-22",
  "2026-02-27",
  "2025-12-31",
);
const absent = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

function known<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  ) as never;
}

const anItem = fc
  .record({
    name: absent(fc.constantFrom(...words)),
    sku: absent(fc.constantFrom("a", "b")),
    category: absent(fc.constantFrom(...words)),
    quantity: fc.constantFrom(1, 2),
  })
  .map(known);

const anActivity = fc
  .record({
    type: fc.constantFrom("purchase", "purchase", "visit", "test-drive"),
    at: anInstant,
    amount: fc.option(fc.constantFrom(0, 1, 1_000, 1_050, 99_999), { freq: 4 }),
    category: fc.option(fc.constantFrom(...words), { freq: 4 }),
    items: absent(fc.array(anItem, { maxLength: 2 })),
    order: absent(fc.constantFrom("a", "b")),
    model: absent(fc.constantFrom(...words)),
    minutes: absent(fc.constantFrom(0, 5, 12.5, 1e9)),
    on: absent(aDay),
    sold: absent(fc.boolean()),
  })
  .map(({ type, at, amount, category, items, order, ...drive }) => {
    const purchase = type === "purchase" ? { items, order } : {};
    const properties: ActivityProperties = known({
      ...purchase,
      ...(type === "test-drive" && drive),
    });
    return { type, at, amount, category, properties };
  });

const aPreference = fc
  .record({
    at: anInstant,
    topic: fc.constantFrom("time", "brand"),
    value: fc.constantFrom("morning", "evening"),
  })
  .map(({ at, ...properties }) => ({
    type: "preference",
    at,
    amount: null,
    category: null,
    properties,
  }));

/** A person but for their number; the keys of activities are unique in an array. */
export const aPerson: fc.Arbitrary<Omit<Person, "ordinal">> = fc.record({
  zone: fc.constantFrom(...zones),
  fields: fc
    .record({
      city: absent(fc.constantFrom(...cities)),
      age: absent(fc.constantFrom(17, 18, 40, "40", "007", 64.5)),
      joined: absent(fc.oneof(aDay, fc.constant("soon"))),
      vip: absent(fc.boolean()),
    })
    .map(known),
  activities: fc
    .tuple(fc.array(anActivity, { maxLength: 6 }), fc.array(aPreference, { maxLength: 2 }))
    .map((all) => all.flat().map((activity, index) => ({ ...activity, key: `k${index}` }))),
  calls: fc.array(fc.record({ at: anInstant, outcome: fc.constantFrom(null, "reached", "busy") }), {
    maxLength: 3,
  }),
  consents: fc.array(fc.array(aConsentEvent, { maxLength: 4 }), { minLength: 1, maxLength: 2 }),
  hasRefusedProfiling: fc.boolean().chain((maybe) => (maybe ? fc.boolean() : fc.constant(false))),
});

const aPastSpan: fc.Arbitrary<Span> = fc.oneof(
  fc.record({ span: fc.constantFrom("last", "before"), days: fc.constantFrom(0, 1, 7, 30, 90) }),
  fc
    .record({ from: absent(aDay), to: absent(aDay) })
    .map((days) => ({ span: "between" as const, ...known(days) })),
);
const aSpan: fc.Arbitrary<Span> = fc.oneof(
  { weight: 3, arbitrary: aPastSpan },
  {
    weight: 1,
    arbitrary: fc.record({ span: fc.constant("next"), days: fc.constantFrom(0, 1, 7) }),
  },
);

const oneOf = (values: readonly string[]): fc.Arbitrary<ValueTest> =>
  fc.record({
    test: fc.constant("one-of"),
    values: fc.subarray([...values, "elsewhere"], { minLength: 1 }),
  });
const contains = (...texts: string[]): fc.Arbitrary<ValueTest> =>
  fc.record({ test: fc.constant("contains"), text: fc.constantFrom(...texts) });
const within = (...numbers: number[]): fc.Arbitrary<ValueTest> =>
  fc
    .record({
      from: absent(fc.constantFrom(...numbers)),
      to: absent(fc.constantFrom(...numbers)),
    })
    .map((range) => ({ test: "number" as const, ...known(range) }));
const present: fc.Arbitrary<ValueTest> = fc.record({
  test: fc.constant("present"),
  isPresent: fc.boolean(),
});
const onDay = (when: fc.Arbitrary<Span>): fc.Arbitrary<ValueTest> =>
  fc.record({ test: fc.constant("day"), when });

const filter = (property: string, is: fc.Arbitrary<ValueTest>) =>
  fc.record({ property: fc.constant(property), is });
const aFilter = {
  purchase: fc.oneof(
    filter("category", oneOf(words)),
    filter("category", oneOf(words)),
    filter("category", contains("%", "a", "_\\")),
    filter("amount", within(0, 10, 10.5, 999.99)),
    filter("order", oneOf(["a", "b"])),
    filter("item.category", oneOf(words)),
    filter("item.name", contains("a", "%")),
    filter("item.sku", present),
    filter("amount", present),
  ),
  visit: filter("category", oneOf(words)),
  "test-drive": fc.oneof(
    filter("model", contains("a", "%_")),
    filter("minutes", within(5, 12.5)),
    filter("minutes", present),
    filter("sold", oneOf(["true", "false"])),
    filter("on", onDay(aPastSpan.filter(({ span }) => span === "between"))),
  ),
};
const aDeed = fc
  .constantFrom("purchase", "purchase", "visit", "test-drive")
  .chain((type) =>
    fc
      .record({ where: fc.array(aFilter[type], { maxLength: 2 }) })
      .map(({ where }) => (where.length === 0 ? { type } : { type, where })),
  );
const anOp = fc.constantFrom("at-least" as const, "at-most" as const, "exactly" as const);
const aCount = fc.record({ op: anOp, value: fc.constantFrom(0, 1, 1, 2, 3) });
const during = absent(aPastSpan);

const aTally: fc.Arbitrary<Condition> = fc
  .record({
    is: fc.constant("activity" as const),
    did: aDeed,
    during,
    measure: fc.constantFrom("count" as const, "sum" as const, "average" as const),
    count: aCount,
    amount: fc.record({ op: anOp, value: fc.constantFrom(0, 0.01, 10, 10.5, 500) }),
  })
  .map(({ count, amount, ...rule }) =>
    known({ ...rule, compare: rule.measure === "count" ? count : amount }),
  ) as never;

/** A rule of each kind. */
export const aLeaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.oneof(
    fc.record({
      is: fc.constant("attribute" as const),
      field: fc.constant("city"),
      test: fc.oneof(oneOf(cities), contains("м", "'", "e")),
    }),
    fc.record({
      is: fc.constant("attribute" as const),
      field: fc.constant("age"),
      test: within(17, 18, 40, 64.5),
    }),
    fc.record({
      is: fc.constant("attribute" as const),
      field: fc.constant("joined"),
      test: onDay(aSpan),
    }),
    fc.record({
      is: fc.constant("attribute" as const),
      field: fc.constantFrom("vip", "city", "@zone"),
      test: present,
    }),
  ),
  aTally,
  aTally,
  fc.record({
    is: fc.constant("occasion" as const),
    which: fc.constantFrom("first" as const, "last" as const),
    did: aDeed,
    when: aPastSpan,
  }),
  fc
    .record({
      is: fc.constant("sequence" as const),
      first: aDeed,
      during,
      next: aDeed,
      withinDays: fc.constantFrom(1, 7, 60),
      happened: fc.boolean(),
    })
    .map((rule) => known(rule)) as fc.Arbitrary<Condition>,
  fc.record({
    is: fc.constant("ranking" as const),
    type: fc.constantFrom("purchase", "visit"),
    by: fc.constantFrom("recency" as const, "frequency" as const, "money" as const),
    end: fc.constantFrom("top" as const, "bottom" as const),
    percent: fc.constantFrom(1, 20, 50, 100),
  }),
  fc.record({
    is: fc.constant("consent" as const),
    standing: fc.constantFrom("granted" as const, "expired" as const, "withdrawn" as const),
    seller: fc.constantFrom(sellerA, sellerA, sellerB),
    purpose: fc.constantFrom("marketing", "marketing.loans"),
    channel: fc.constantFrom("voice_live" as const, "sms" as const),
  }),
  fc.record({
    is: fc.constant("preference" as const),
    topic: fc.constantFrom("time", "brand"),
    values: fc.subarray(["morning", "evening"], { minLength: 1 }),
  }),
  fc
    .record({
      is: fc.constant("calls" as const),
      outcomes: absent(fc.subarray(["reached", "busy"], { minLength: 1 })),
      during,
      compare: aCount,
    })
    .map((rule) => known(rule)) as fc.Arbitrary<Condition>,
  fc.record({ is: fc.constant("segment" as const), segment: fc.constant(otherSegment) }),
);

/** Rules as people build them: mostly flat, up to three levels deep. */
export const aRule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 2, depthIdentifier: "rule", withCrossShrink: true },
    { weight: 3, arbitrary: aLeaf },
    {
      weight: 2,
      arbitrary: fc.record({
        is: fc.constantFrom("all" as const, "any" as const, "none" as const),
        of: fc.array(tie("rule"), { maxLength: 3, depthIdentifier: "rule" }),
      }),
    },
  ),
})).rule;
