import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sellerA } from "../../../testing/facts.ts";
import { aRule, otherSegment } from "../../../testing/segments.ts";
import { Rule } from "./rule.ts";
import { compareRules, describeRule } from "./describe-rule.ts";

describe("describeRule", () => {
  const names = {
    segments: new Map([
      [otherSegment, { id: otherSegment, name: "Buyers", rule: { is: "all" as const, of: [] } }],
    ]),
    sellers: [{ id: sellerA, name: "Acme" }],
    purposes: [{ key: "marketing", name: "Offers" }],
  };

  const tell = (locale: "en" | "ru", rule: unknown) =>
    describeRule(locale, Rule.parse(rule), names);

  const plain = (text: string) => text.replaceAll("\u00A0", " ");

  const bought = {
    is: "activity",
    did: {
      type: "purchase",
      where: [{ property: "category", is: { test: "one-of", values: ["garden"] } }],
    },
    during: { span: "last", days: 90 },
    measure: "count",
    compare: { op: "at-least", value: 2 },
  };

  it.each<[unknown, string, string]>([
    [
      bought,
      "purchase (category is garden): at least 2 times, in the last 90 days",
      "покупка (категория — garden): не меньше 2 раз, за последние 90 дней",
    ],
    [
      { ...bought, measure: "sum", compare: { op: "at-most", value: 1_000.5 }, during: undefined },
      "purchase (category is garden): at most 1,000.5 in all",
      "покупка (категория — garden): не больше 1 000,5 в сумме",
    ],
    [
      { is: "attribute", field: "@region", test: { test: "one-of", values: ["US-TX", "US-OK"] } },
      "region is US-TX or US-OK",
      "регион — US-TX или US-OK",
    ],
    [
      { is: "attribute", field: "age", test: { test: "number", from: 18 } },
      "age is at least 18",
      "age не меньше 18",
    ],
    [
      {
        is: "occasion",
        which: "first",
        did: { type: "sign-up" },
        when: { span: "between", from: "2026-03-01" },
      },
      "sign-up: for the first time since 2026-03-01",
      "регистрация: в первый раз с 2026-03-01",
    ],
    [
      {
        is: "sequence",
        first: { type: "visit" },
        next: { type: "purchase" },
        withinDays: 7,
        happened: false,
      },
      "visit, then no purchase within 7 days",
      "визит, а затем не было: покупка в течение 7 дней",
    ],
    [
      { is: "ranking", type: "purchase", by: "money", end: "top", percent: 20 },
      "purchase: among the 20% who spent most",
      "покупка: среди 20 % потративших больше всех",
    ],
    [
      {
        is: "consent",
        standing: "granted",
        seller: sellerA,
        purpose: "marketing",
        channel: "voice_live",
      },
      "consented: live calls from Acme about Offers",
      "есть согласие: звонки оператора, Acme, Offers",
    ],
    [
      { is: "preference", topic: "time", values: ["evening"] },
      "prefers evening for “time”",
      "«time»: предпочтение — evening",
    ],
    [
      {
        is: "calls",
        outcomes: ["reached"],
        during: { span: "last", days: 14 },
        compare: { op: "exactly", value: 0 },
      },
      "was called (reached): exactly 0 times, in the last 14 days",
      "звонки (reached): ровно 0 раз, за последние 14 дней",
    ],
    [
      { is: "segment", segment: otherSegment },
      "is in the segment “Buyers”",
      "входит в сегмент «Buyers»",
    ],
    [
      {
        is: "all",
        of: [
          { is: "segment", segment: otherSegment },
          {
            is: "none",
            of: [{ is: "attribute", field: "city", test: { test: "present", isPresent: true } }],
          },
        ],
      },
      "is in the segment “Buyers” and (none of these: city is known)",
      "входит в сегмент «Buyers» и (ничего из этого: city известно)",
    ],
    [{ is: "all", of: [] }, "everybody", "все"],
    [{ is: "any", of: [] }, "nobody", "никто"],
  ])("says %j", (rule, en, ru) => {
    expect(plain(tell("en", rule))).toBe(en);
    expect(plain(tell("ru", rule))).toBe(ru);
  });

  it("has words for every rule", () => {
    fc.assert(
      fc.property(aRule, fc.constantFrom("en" as const, "ru" as const), (rule, locale) => {
        const words = describeRule(locale, rule, names);
        expect(words).not.toMatch(/undefined|[{}]|^$/);
      }),
    );
  });
});

describe("compareRules", () => {
  const names = { segments: new Map(), sellers: [], purposes: [] };

  const livesIn = (city: string): Rule => ({
    is: "attribute",
    field: "city",
    test: { test: "one-of", values: [city] },
  });

  const [omsk, tver] = [livesIn("Omsk"), livesIn("Tver")];

  const compare = (before: Rule, after: Rule) => compareRules("en", before, after, names);

  it("lists added and removed conditions at any depth", () => {
    const before: Rule = { is: "all", of: [omsk] };
    const after: Rule = { is: "all", of: [{ is: "any", of: [tver, { is: "none", of: [tver] }] }] };
    expect(compare(before, after)).toEqual({
      added: ["city is Tver", "city is Tver"],
      removed: ["city is Omsk"],
      isRegrouped: false,
    });
  });

  it("counts a repeated condition twice", () => {
    expect(compare({ is: "any", of: [omsk, omsk] }, omsk)).toEqual({
      added: [],
      removed: ["city is Omsk"],
      isRegrouped: false,
    });
  });

  it("reports a changed grouping of the same conditions, or no change", () => {
    const of = [omsk, tver];
    const nothing = { added: [], removed: [] };
    expect(compare({ is: "all", of }, { is: "any", of })).toEqual({
      ...nothing,
      isRegrouped: true,
    });
    expect(compare({ is: "all", of }, { is: "all", of })).toEqual({
      ...nothing,
      isRegrouped: false,
    });
  });
});
