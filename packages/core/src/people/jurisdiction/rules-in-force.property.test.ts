import fc from "fast-check";
import { it } from "vitest";
import { aPlace, someFacts } from "../../../testing/hours.ts";
import { When, toDialerFacts } from "./call-facts.ts";
import { bundledRuleBook } from "./rule-book.ts";
import { findRulesInForce, canRefuseCall } from "./rules-in-force.ts";

const places = fc.uniqueArray(aPlace, { maxLength: 3 });
const dates = fc.array(
  fc.constantFrom("2005-01-01", "2026-06-30", "2026-08-10", "2026-11-25", "2030-01-01"),
  { minLength: 1, maxLength: 2 },
);
const facts = fc
  .tuple(someFacts, fc.constantFrom("live_agent" as const, "prerecorded" as const), fc.boolean())
  .map(([some, dialer, isCampaign]) => ({ ...toDialerFacts(dialer, isCampaign), ...some }));

const bills = new Set(
  bundledRuleBook.rules.filter(({ status }) => status === "bill_unverified").map(({ id }) => id),
);

it("never contains a bill, or a rule twice", () => {
  fc.assert(
    fc.property(places, fc.oneof(dates, fc.constant([])), facts, (places, dates, facts) => {
      const ids = findRulesInForce(bundledRuleBook, places, dates, facts).map(({ id }) => id);
      return ids.every((id) => !bills.has(id)) && new Set(ids).size === ids.length;
    }),
  );
});

it("keeps every rule that refuses if a fact has no source", () => {
  fc.assert(
    fc.property(
      places,
      dates,
      facts,
      fc.constantFrom(...When.keyof().options),
      (places, dates, facts, key) => {
        const { [key]: _, ...fewer } = facts;
        const after = new Set(findRulesInForce(bundledRuleBook, places, dates, fewer));
        return findRulesInForce(bundledRuleBook, places, dates, facts).every(
          (rule) => !canRefuseCall(rule) || after.has(rule),
        );
      },
    ),
  );
});

it("drops no rule because of one place, or one possible day, more", () => {
  fc.assert(
    fc.property(places, aPlace, dates, dates, facts, (places, place, dates, others, facts) => {
      const after = new Set(
        findRulesInForce(bundledRuleBook, [...places, place], [...dates, ...others], facts),
      );
      return findRulesInForce(bundledRuleBook, places, dates, facts).every((rule) =>
        after.has(rule),
      );
    }),
  );
});
