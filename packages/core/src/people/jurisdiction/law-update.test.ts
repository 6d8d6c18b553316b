import { expect, it } from "vitest";
import { lawDocument } from "./law-document.ts";
import { type LawUpdate, assembleLaw, findLawFaults } from "./law-update.ts";
import { RuleRow } from "./rule.ts";
import { LawDocument, bundledRuleBook } from "./rule-book.ts";

it("finds no faults in the bundled law", () => {
  expect(findLawFaults(bundledRuleBook)).toEqual([]);
});

it("finds a place that is its own ancestor", () => {
  const states = bundledRuleBook.jurisdictions;
  const country = states.get("US");
  if (country === undefined) throw new Error("no such place");
  const jurisdictions = new Map([...states, ["US", { ...country, parent: "US-FL" }] as const]);
  expect(findLawFaults({ ...bundledRuleBook, jurisdictions })).toEqual([
    "Place US: its parent US-FL lies within it. Correct the parent.",
    "Place US-FL: its parent US lies within it. Correct the parent.",
  ]);
});

it("finds a do-not-call list that another rule treats as an allow list", () => {
  const allow = bundledRuleBook.rules.find(
    (rule) => rule.type === "registry_scrub" && rule.value.polarity === "allow",
  );
  if (allow?.type !== "registry_scrub") throw new Error("no allow list");
  const added = { ...allow, id: "GB.test", value: { ...allow.value, registry: "GB-TPS" } };
  const faults = findLawFaults({ ...bundledRuleBook, rules: [...bundledRuleBook.rules, added] });
  expect(faults.join("\n")).toContain("registry GB-TPS is an allow list in another rule");
});

it("finds an unknown calendar of the days on which an industry code allows no call", () => {
  const rules = bundledRuleBook.rules.map((rule) =>
    rule.type === "calling_hours" &&
    rule.value.windows === null &&
    rule.value.industry_code_closed_on === "NZ"
      ? { ...rule, value: { ...rule.value, industry_code_closed_on: "NX" } }
      : rule,
  );
  expect(findLawFaults({ ...bundledRuleBook, rules })).toEqual([
    expect.stringMatching(
      /^Rule NZ.*: this version has no holidays for "NX"\. Use a calendar that it has, or update/,
    ),
  ]);
});

it("rejects a law in which two places have the same id", () => {
  const [first] = lawDocument.jurisdictions;
  const twice = { ...lawDocument, jurisdictions: [...lawDocument.jurisdictions, first] };
  expect(LawDocument.safeParse(twice).error?.message).toContain("Two places have the same id");
});

const [watched] = bundledRuleBook.watch;
if (watched === undefined) throw new Error("nothing is watched");

it("watches every bill and future change that the bundled rules only announce", () => {
  const announced = bundledRuleBook.rules
    .filter(({ type, status }) => type === "pending_change" || status === "bill_unverified")
    .map(({ id }) => id);
  const covered = bundledRuleBook.watch.flatMap(({ rules = [] }) => rules);
  expect(announced.filter((id) => !covered.includes(id))).toEqual([]);
  const ids = new Set(bundledRuleBook.rules.map(({ id }) => id));
  expect(covered.filter((id) => !ids.has(id))).toEqual([]);
});

it("has draft rules for each item, or says why the effect on calls cannot be computed", () => {
  const silent = bundledRuleBook.watch.filter(
    ({ draft_rules: drafts = [], no_draft: why }) => drafts.length > 0 === (why !== undefined),
  );
  expect(silent.map(({ id }) => id)).toEqual([]);
});

it.each([
  [{ jurisdiction: "AQ" }, "place AQ is not in the law. Add it, or correct the item"],
  [{ sources: ["NO-1"] }, "source NO-1 is not in the list of sources. Add it there"],
  [{ sources: [], confidence: "B" }, "mark B needs a source. Name one, or use mark C"],
  [{ rules: ["US.none"] }, "rule US.none is not in the law. Add it, or correct the item"],
] as const)("reports what is wrong with a watch list item: %o", (part, fault) => {
  const item = { ...watched, sources: [...watched.sources], ...part } as typeof watched;
  expect(findLawFaults({ ...bundledRuleBook, watch: [item] })).toEqual([
    `Watch item ${watched.id}: ${fault}.`,
  ]);
});

it("checks the draft rules of an item like other rules, and requires a day for them", () => {
  const row = LawDocument.parse(lawDocument)
    .jurisdictions.flatMap(({ rules }) => rules)
    .find(({ rule_id }) => rule_id === "US-TX.hours");
  const draft = RuleRow.parse({ ...row, sources: ["NO-1"] });
  const item = { ...watched, expected_on: null, draft_rules: [draft] };
  expect(findLawFaults({ ...bundledRuleBook, watch: [item] })).toEqual([
    `Watch item ${watched.id}: draft rules need an expected day. Add it, or remove the rules.`,
    `Watch item ${watched.id}: draft rule US-TX.hours: source NO-1 is not in the list of sources. Add it there.`,
  ]);
});

it("keeps the watch list if an update has none", () => {
  const law = LawDocument.parse(lawDocument);
  const update: LawUpdate = {
    format: "ringfence-law-update/1",
    summary: "A test.",
    base: "0".repeat(64),
    ...law,
    removed: [],
    registries: null,
    sources: null,
    watch: undefined,
  };
  expect(assembleLaw(update, law).watch).toEqual(law.watch);
  expect(assembleLaw({ ...update, watch: [] }, law).watch).toEqual([]);
  expect(assembleLaw(update, null).watch).toBeUndefined();
});
