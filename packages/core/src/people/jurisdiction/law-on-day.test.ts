import { expect, it } from "vitest";
import { buildLawForDay } from "./law-on-day.ts";
import { type RuleBook, bundledRuleBook } from "./rule-book.ts";
import type { WatchItem } from "./watch-item.ts";
import { lawDocument } from "./law-document.ts";
import { RuleRow } from "./rule.ts";

const ids = (book: RuleBook, start: string) =>
  book.rules.map(({ id }) => id).filter((id) => id.startsWith(start));

it("contains only the rules in force on the day, and applies them to a call on any day", () => {
  const inRamadan = buildLawForDay(bundledRuleBook, "2027-02-15");
  expect(ids(inRamadan, "SA.hours")).toEqual(["SA.hours", "SA.hours.ramadan.2027"]);
  expect(ids(buildLawForDay(bundledRuleBook, "2027-04-01"), "SA.hours")).toEqual(["SA.hours"]);
  const dates = inRamadan.rules.flatMap((rule) => [rule.effectiveFrom, rule.effectiveTo]);
  expect(new Set(dates)).toEqual(new Set([null]));
});

it("returns the same book for the same day, so that derived data is computed once", () => {
  const [first, second] = ["2027-02-15", "2027-02-15"].map((day) =>
    buildLawForDay(bundledRuleBook, day),
  );
  expect(first).toBe(second);
});

const texas = lawDocument.jurisdictions.find(({ id }) => id === "US-TX");
const row = texas?.rules.find(({ rule_id }) => rule_id === "US-TX.hours");

const aDraft = (more: Partial<WatchItem> & { rule_id: string }): RuleBook => {
  const { rule_id, ...item } = more;
  const draft = RuleRow.parse({ ...row, rule_id, status: "bill_unverified", effective_from: null });
  const watched: WatchItem = {
    id: "US-TX.draft",
    jurisdiction: "US-TX",
    title: { en: "Draft", ru: "Проект" },
    status: "bill",
    citation: "HB 1",
    expected_on: "2027-09-01",
    changes: { en: "Hours change.", ru: "Часы меняются." },
    confidence: "C",
    sources: [],
    reviewed_on: "2026-11-30",
    draft_rules: [draft],
    ...item,
  };
  return { ...bundledRuleBook, watch: [watched] };
};

it("includes the draft rules of a bill from their expected day", () => {
  const book = aDraft({ rule_id: "US-TX.draft.hours" });
  expect(ids(buildLawForDay(book, "2027-08-31"), "US-TX.draft")).toEqual([]);
  const later = buildLawForDay(book, "2027-09-01");
  expect(later.rules.find(({ id }) => id === "US-TX.draft.hours")).toMatchObject({
    jurisdiction: "US-TX",
    status: "future",
  });
});

it("replaces a rule with the draft that has the same id", () => {
  const book = aDraft({ rule_id: "US-TX.hours" });
  const hours = buildLawForDay(book, "2027-09-01").rules.filter(({ id }) => id === "US-TX.hours");
  expect(hours).toMatchObject([{ status: "future" }]);
});

it("ignores a draft without an expected day", () => {
  const book = aDraft({ rule_id: "US-TX.draft.hours", expected_on: null });
  expect(ids(buildLawForDay(book, "2040-01-01"), "US-TX.draft")).toEqual([]);
});

it("leaves out drafts, even those expected by now, if `hasDrafts` is false", () => {
  const book = aDraft({ rule_id: "US-TX.draft.hours" });
  const law = buildLawForDay(book, "2027-09-01", { hasDrafts: false });
  expect(ids(law, "US-TX.draft")).toEqual([]);
});
