import { expect, it } from "vitest";
import {
  concerns,
  findNoticeStage,
  listUpcomingChanges,
  selectChangesByDay,
} from "./upcoming-changes.ts";
import { type Law, bundledLaw } from "./law.ts";
import { type RuleBook, bundledRuleBook } from "./rule-book.ts";
import type { Rule } from "./rule.ts";

const template = bundledRuleBook.rules.find(({ id }) => id === "US-TX.hours");
if (template === undefined) throw new Error("no such rule");

const aRule = (id: string, from: string | null, to: string | null, more: object = {}): Rule => ({
  ...template,
  id,
  effectiveFrom: from,
  effectiveTo: to,
  ...more,
});

const aBook = (...rules: Rule[]): RuleBook => ({ ...bundledRuleBook, rules, watch: [] });

const aLaw = (book: RuleBook, keptBook: RuleBook | null = null): Law => ({
  hash: "0",
  book,
  keptBook,
});

const keys = (law: Law, today = "2027-01-01") =>
  listUpcomingChanges(law, today).map(({ key, law }) => [key, law]);

it("lists rules that begin and end, with the first day on which they change verdicts", () => {
  const law = aLaw(
    aBook(
      aRule("past", "2020-01-01", "2026-12-31"),
      aRule("open", "2020-01-01", null),
      aRule("season", "2027-02-07", "2027-03-10"),
      aRule("today", "2027-01-01", null),
      aRule("last-day", null, "2027-01-01"),
    ),
  );
  expect(keys(law)).toEqual([
    ["begins today 2027-01-01", "both"],
    ["ends last-day 2027-01-02", "both"],
    ["begins season 2027-02-07", "both"],
    ["ends season 2027-03-11", "both"],
  ]);
});

const [watched] = bundledRuleBook.watch;
if (watched === undefined) throw new Error("nothing is watched");

it("lists a rule as well as a watch list item that names it without a day or with another day", () => {
  const rules = ["soon"];
  const undated = { ...watched, id: "undated", rules, expected_on: null };
  const late = { ...watched, id: "late", rules, expected_on: "2027-06-01" };
  const right = { ...watched, id: "right", rules, expected_on: "2027-03-01" };
  const soon = aBook(aRule("soon", "2027-03-01", null));
  expect(keys(aLaw({ ...soon, watch: [undated, late] })).map(([key]) => key)).toEqual([
    "begins soon 2027-03-01",
    "watched late 2027-06-01",
    "watched undated undated",
  ]);
  expect(keys(aLaw({ ...soon, watch: [right] })).map(([key]) => key)).toEqual([
    "watched right 2027-03-01",
  ]);
});

it("lists a watch list item whose day has passed as one without a day", () => {
  const overdue = { ...watched, id: "overdue", rules: undefined, expected_on: "2026-12-31" };
  expect(keys(aLaw({ ...aBook(), watch: [overdue] }))).toEqual([
    ["watched overdue undated", "both"],
  ]);
});

it("reports that a rule replaces another of the same place and type if it begins the day after the other ends", () => {
  const law = aLaw(aBook(aRule("old", null, "2027-06-30"), aRule("new", "2027-07-01", null)));
  expect(listUpcomingChanges(law, "2027-01-01")).toMatchObject([
    { kind: "replaced", rule: { id: "new" }, predecessor: { id: "old" }, day: "2027-07-01" },
  ]);
  const elsewhere = { jurisdiction: "US-FL" };
  const apart = aLaw(
    aBook(aRule("old", null, "2027-06-30"), aRule("new", "2027-07-01", null, elsewhere)),
  );
  expect(listUpcomingChanges(apart, "2027-01-01").map(({ kind }) => kind)).toEqual([
    "begins",
    "ends",
  ]);
  const surveys = { when: { purpose: ["survey"] } };
  const otherCalls = aLaw(
    aBook(aRule("old", null, "2027-06-30"), aRule("new", "2027-07-01", null, surveys)),
  );
  expect(listUpcomingChanges(otherCalls, "2027-01-01").map(({ kind }) => kind)).toEqual([
    "begins",
    "ends",
  ]);
});

it("lists watched items by day, and those without a day last", () => {
  const changes = listUpcomingChanges(bundledLaw, "2026-12-01").filter(
    ({ kind }) => kind === "watched" || kind === "bill",
  );
  expect(changes.map(({ key }) => key)).toEqual([
    "watched CL.data-law 2026-12-01",
    "watched IN.recovery-conduct 2027-01-01",
    "watched US.revoke.all 2027-01-31",
    "watched RU.mass-calls.2027 2027-03-01",
    "watched AU.standard-sunset 2027-04-01",
    "watched IN.data-law 2027-05-14",
    "watched BR.hours undated",
    "watched CL.no-molestar undated",
    "watched RU.antifraud2 undated",
    "watched RU.massblock undated",
    "watched US-NY.emergency-narrower undated",
  ]);
});

it("lists a bill among the rules that no watch list item covers", () => {
  const bill = aRule("bill", null, null, { status: "bill_unverified" });
  expect(keys(aLaw(aBook(bill)))).toEqual([["bill bill undated", "both"]]);
});

it("includes changes that are only in the former law, until the organization accepts the present one", () => {
  const present = aBook(aRule("hours", null, "2027-03-31"), aRule("other", "2027-05-01", null));
  const former = aBook(aRule("hours", null, null), aRule("other", "2027-04-01", null));
  expect(keys(aLaw(present, former))).toEqual([
    ["begins other 2027-04-01 former", "former"],
    ["ends hours 2027-04-01", "present"],
    ["begins other 2027-05-01", "present"],
  ]);
});

it("gives a change that the two laws tell differently two keys", () => {
  const present = aBook(aRule("hours", "2027-05-01", null));
  const former = aBook(aRule("hours", "2027-05-01", null, { citation: "Another" }));
  expect(keys(aLaw(present, former))).toEqual([
    ["begins hours 2027-05-01", "present"],
    ["begins hours 2027-05-01 former", "former"],
  ]);
});

it.each([
  ["2027-04-01", null],
  ["2027-03-31", 90],
  ["2027-02-01", 90],
  ["2027-01-30", 30],
  ["2027-01-08", 30],
  ["2027-01-07", 7],
  ["2026-12-31", 7],
  ["2026-12-30", null],
])("notifies officers about %s at stage %s", (day, stage) => {
  expect(findNoticeStage({ day }, "2026-12-31")).toBe(stage);
});

it("has no stage if the day is unknown", () => {
  expect(findNoticeStage({ day: null }, "2027-01-01")).toBeNull();
});

it("concerns a place and its parts, but not its neighbors", () => {
  const inTheCountry = { jurisdiction: "US" };
  expect(concerns(bundledRuleBook, inTheCountry, ["US-FL"])).toBe(true);
  expect(concerns(bundledRuleBook, inTheCountry, ["GB"])).toBe(false);
  expect(concerns(bundledRuleBook, { jurisdiction: "US-FL" }, ["US", "US-TX"])).toBe(false);
});

it("selects what a preview computes and what it only describes, also of items that are overdue", () => {
  const drafted = bundledRuleBook.watch.find(({ draft_rules: drafts = [] }) => drafts.length > 0);
  if (drafted === undefined) throw new Error("no watched item has draft rules");
  const overdue = { ...drafted, id: "overdue", expected_on: "2026-12-01" };
  const described = { ...watched, id: "described", expected_on: "2027-02-01", draft_rules: [] };
  const later = { ...drafted, id: "later", expected_on: "2027-03-02" };
  const undated = { ...drafted, id: "undated", expected_on: null };
  const soon = aBook(aRule("soon", "2027-03-01", null));
  const law = aLaw({ ...soon, watch: [overdue, described, later, undated] });
  const selected = selectChangesByDay(listUpcomingChanges(law, "2027-01-01"), "2027-03-01");
  const listNames = (changes: readonly { key: string }[]) =>
    changes.map(({ key }) => key.split(" ")[1]);
  expect(listNames(selected.computed)).toEqual(["soon", "overdue"]);
  expect(listNames(selected.described)).toEqual(["described"]);
});
