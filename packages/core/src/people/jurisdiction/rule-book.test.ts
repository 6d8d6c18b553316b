import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { Sector } from "../../account/seller/index.ts";
import holidays from "../../../data/holidays.json" with { type: "json" };
import { lawDocument } from "./law-document.ts";
import type { Rule } from "./rule.ts";
import { enforcedTypes } from "./rule-decisions.ts";
import { canRefuseCall } from "./rules-in-force.ts";
import { findAllowLists } from "./required-registries.ts";
import { findJurisdiction, readRuleBook, bundledRuleBook, listWithParents } from "./rule-book.ts";

const { rules, jurisdictions, registries, sources } = bundledRuleBook;

const ofType = <T extends Rule["type"]>(type: T) =>
  rules.filter((rule): rule is Extract<Rule, { type: T }> => rule.type === type);

const folder = path.join(import.meta.dirname, "../../../data/law");
const notPlaces = new Set(["about.json", "registries.json", "sources.json", "watch.json"]);

const readLaw = (file: string): unknown =>
  JSON.parse(readFileSync(path.join(folder, file), "utf8"));

it("reads every file of the folder", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json") && !notPlaces.has(file))
    .map((file) => JurisdictionFile.parse(readLaw(file)));
  expect(files.map(({ id }) => id).toSorted()).toEqual([...jurisdictions.keys()].toSorted());
  expect(rules).toHaveLength(files.reduce((sum, { rules: { length } }) => sum + length, 0));
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  const ids = z.array(z.object({ id: z.string() })).parse(readLaw("registries.json"));
  expect(registries.map(({ id }) => id)).toEqual(ids.map(({ id }) => id));
  expect(bundledRuleBook.asOf).toBe(
    z.object({ as_of: z.string() }).parse(readLaw("about.json")).as_of,
  );
});

/** Rules that had the mark A before quotes were kept. No other rule may have it without one. */
const markedBeforeQuotes = [
  "AU.expiry",
  "AU.hours",
  "AU.model",
  "AU.scrub",
  "CA.model",
  "CA.scrub",
  "GB.claims",
  "GB.pensions",
  "US-MA.hours",
  "US-MA.prerecorded",
  "US-MA.state.list",
];

it("has the words of the law for every rule of mark A that may refuse", () => {
  const withoutQuote = rules.filter(
    (rule) =>
      rule.confidence === "A" &&
      enforcedTypes.has(rule.type) &&
      canRefuseCall(rule) &&
      rule.quote === undefined,
  );
  expect(withoutQuote.map(({ id }) => id).toSorted()).toEqual(markedBeforeQuotes);
});

const JurisdictionFile = z.object({ id: z.string(), rules: z.array(z.unknown()) });

it("reads a rule in the vocabulary of the screening", () => {
  expect(rules.find(({ id }) => id === "US-FL.cap")).toEqual({
    id: "US-FL.cap",
    jurisdiction: "US-FL",
    type: "frequency_cap",
    status: "in_force",
    effect: "block",
    when: {},
    value: { max: 3, window: "PT24H", scope: "per_consumer_same_subject", counts: "calls" },
    citation: "Fla. Stat. 501.616(6)(b)",
    effectiveFrom: "2021-07-01",
    effectiveTo: null,
    reviewedOn: "2026-11-30",
    confidence: "B",
    quote: { language: "en", source: "R-US-FL2", text: expect.stringContaining("24-hour period") },
    sources: ["US17", "R-US-FL2"],
    doubt: "The bill as filed, not the statute as printed.",
    wouldSettle: "Fla. Stat. 501.616(6)(b) as printed",
  });
});

it("names no registry, source, jurisdiction or calendar that it does not contain", () => {
  const known = new Set(registries.map(({ id }) => id));
  const named = [...ofType("registry_scrub"), ...ofType("reassigned_numbers")];
  expect(named.filter(({ value }) => !known.has(value.registry))).toEqual([]);
  const cited = rules.flatMap((rule) => [...rule.sources, rule.quote?.source ?? []].flat());
  expect(cited.filter((id) => !(id in sources))).toEqual([]);
  const parents = [...jurisdictions.values()].flatMap(({ parent }) => parent ?? []);
  expect(parents.filter((id) => !jurisdictions.has(id))).toEqual([]);
  const calendars = ofType("calling_hours")
    .map(({ value }) =>
      value.windows === null ? value.industry_code_closed_on : value.holidays.calendar,
    )
    .filter((calendar) => typeof calendar === "string");
  expect(calendars.filter((calendar) => !(calendar in holidays.calendars))).toEqual([]);
});

it("has no registry that is both an allow list and a do-not-call list", () => {
  const scrubs = ofType("registry_scrub");
  const allowing = scrubs.filter(({ value }) =>
    findAllowLists(bundledRuleBook).has(value.registry),
  );
  expect(new Set(allowing.map(({ value }) => value.polarity))).toEqual(new Set(["allow"]));
  // Nothing is later than an entry that is missing.
  const dated = allowing.filter(({ value }) => value.lifted_by_consent === "later_than_listing");
  expect(dated).toEqual([]);
  expect([...findAllowLists(bundledRuleBook)].toSorted()).toEqual(["CH-DIRECTORY", "TR-IYS"]);
});

it.each([
  ["IL.scrub", ["banking", "insurance", "financial_other"]],
  ["MX.scrub", ["pensions", "banking", "insurance", "financial_other"]],
])("binds sellers of every industry in %s, except %j", (id, exempt) => {
  const bound = rules.find((rule) => rule.id === id)?.when.sector ?? [];
  expect([...bound, ...exempt].toSorted()).toEqual(Sector.options.toSorted());
});

it("contains the first day of every future rule", () => {
  const future = rules.filter(({ status }) => status === "future");
  expect(future.map(({ effectiveFrom }) => effectiveFrom)).toEqual([
    "2027-01-31",
    "2026-12-01",
    "2027-02-07",
    "2028-01-27",
    "2029-01-15",
  ]);
});

const cap = {
  rule_id: "XX.cap",
  type: "frequency_cap",
  status: "in_force",
  effect: "block",
  when: {},
  value: { max: 3, window: "PT24H", scope: "per_consumer_same_subject" },
  citation: "—",
  effective_from: null,
  effective_to: null,
  confidence: "C",
  sources: [],
};

const hours = {
  ...cap,
  type: "calling_hours",
  value: {
    windows: [{ days: ["MO"], from: "09:00", to: "24:00" }],
    days_not_listed: "prohibited",
    holidays: { mode: "prohibited", calendar: "DE" },
    tz_basis: "Europe/Berlin",
    unknown_zone: "block_unless_inside_in_every_candidate_zone",
  },
};

const createReader = (rule: unknown) => () =>
  readRuleBook({
    ...lawDocument,
    jurisdictions: [{ id: "XX", name: "Somewhere", parent: null, rules: [rule] }],
  });

it("reads rules of these forms", () => {
  expect(createReader(cap)().rules).toHaveLength(1);
  expect(createReader(hours)().rules).toHaveLength(1);
});

it.each([
  ["a type that nobody knows", { ...cap, type: "cap" }],
  ["an effect that nobody knows", { ...cap, effect: "forbid" }],
  ["a condition that no call meets", { ...cap, when: { dialler: ["atds"] } }],
  ["a value that no call has", { ...cap, when: { dialer: ["robot"] } }],
  ["a condition without values", { ...cap, when: { dialer: [] } }],
  ["a key that nobody reads", { ...cap, value: { ...cap.value, except: "charities" } }],
  ["a number in words", { ...cap, value: { ...cap.value, max: "3" } }],
  ["no period", { ...cap, value: { ...cap.value, window: "24 hours" } }],
  ["no date", { ...cap, effective_from: "2026-13-01" }],
  [
    "a mark of time that no clock shows",
    {
      ...hours,
      value: { ...hours.value, windows: [{ days: ["MO"], from: "09:00", to: "25:00" }] },
    },
  ],
  [
    "hours without a word on holidays",
    { ...hours, value: { ...hours.value, holidays: undefined } },
  ],
  [
    "holidays without a calendar",
    { ...hours, value: { ...hours.value, holidays: { mode: "prohibited", calendar: null } } },
  ],
])("does not read %s", (_, rule) => {
  expect(createReader(rule)).toThrow(z.ZodError);
});

it("does not read two registries with the same id", () => {
  const [registry] = lawDocument.registries;
  const twice = { ...lawDocument, registries: [...lawDocument.registries, registry] };
  expect(() => readRuleBook(twice)).toThrow("Two registries have the same id");
});

it.each([
  ["US-TX", "US-TX"],
  ["US-MT", "US-MT"],
  ["US-CA", "US-CA"],
  ["US-IL", "US"],
  ["US", "US"],
  ["DE-BY", "DE"],
  ["RU-SVE", "RU"],
  ["JM", null],
  ["", null],
])("%s is judged by the rules of %s", (region, expected) => {
  expect(findJurisdiction(bundledRuleBook, region)).toBe(expected);
});

it.each([
  [["US-TX"], ["US-TX", "US"]],
  [
    ["US-TX", "US-FL"],
    ["US-TX", "US", "US-FL"],
  ],
  [
    ["FR", "RU"],
    ["FR", "EU", "RU"],
  ],
  [
    ["US", "US-TX"],
    ["US", "US-TX"],
  ],
  [[], []],
])("puts beside %j the places that they lie in: %j", (ids, expected) => {
  expect(listWithParents(bundledRuleBook, ids)).toEqual(expected);
});

it("refers only to questions that docs/law.md asks", () => {
  const asked = readFileSync(path.join(import.meta.dirname, "../../../../../docs/law.md"), "utf8");
  const numbers = new Set([...asked.matchAll(/^\| *(\d+) +\|/gm)].map(([, number]) => number));
  const named = rules.flatMap(({ id, doubt, wouldSettle }) =>
    [...`${doubt} ${wouldSettle}`.matchAll(/question (\d+)/g)].map(([, number]) => [id, number]),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(([, number]) => !numbers.has(number))).toEqual([]);
});
