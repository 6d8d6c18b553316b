import { expect, it } from "vitest";
import { bundledRuleBook } from "../../people/jurisdiction/index.ts";
import { listLawTerms } from "./law-terms.ts";
import { isLongEnough, resolveTerms } from "./resolve-terms.ts";
import { RetentionKind, retentionKinds } from "./retention.ts";
import { storageLimits } from "./storage-limits.ts";

const today = ["2026-12-01"];
const law = listLawTerms([bundledRuleBook], today);
const term = (kind: RetentionKind, days: number, place = "") => ({ kind, place, days });

it("reads the terms of the laws on proof", () => {
  const find = (rule: string) =>
    law.flatMap((one) =>
      one.rule === rule ? [[one.kind, one.place, one.days, one.isRequired]] : [],
    );
  expect(find("US.records")).toEqual([
    ["evidence", "US", 1_827, true],
    ["calls", "US", 1_827, true],
    ["screenings", "US", 1_827, true],
    ["activities", "US", 1_827, true],
  ]);
  expect(law.filter(({ place }) => place === "DE").map(({ kind, days }) => [kind, days])).toEqual([
    ["evidence", 1_827],
    ["calls", 1_827],
  ]);
});

it("keeps for good what a law wants kept without an end, and takes a recommendation for no requirement", () => {
  expect(law.find(({ place }) => place === "AE")).toMatchObject({ kind: "calls", days: null });
  expect(law.find(({ place }) => place === "RU")).toMatchObject({ days: 1_096, isRequired: false });
  const { terms } = resolveTerms([term("calls", 400), term("evidence", 400)], law);
  expect(terms).toContainEqual(expect.objectContaining({ place: "AE", days: null }));
  expect(terms.filter(({ place }) => place === "RU")).toEqual([]);
});

it("adds no term of law that is shorter than the chosen one", () => {
  const { terms } = resolveTerms([term("evidence", 4_000)], law);
  expect(terms).toEqual([{ kind: "evidence", place: "", prefix: "", days: 4_000, rule: null }]);
});

it("removes nothing of a kind that is not chosen", () => {
  expect(resolveTerms([], law)).toEqual({ terms: [], faults: [] });
  expect(resolveTerms([term("calls", 2_000, "GB")], law).terms).toEqual([]);
});

it.each(RetentionKind.options)(
  "takes no shorter or longer term for %s than there may be",
  (kind) => {
    const { minDays, maxDays } = retentionKinds[kind];
    const keys = (days: number) =>
      resolveTerms([term(kind, days)], law).faults.map(({ message }) => message.key);
    expect(keys(minDays)).toEqual([]);
    expect(keys(maxDays)).toEqual([]);
    expect(keys(minDays - 1)).toEqual(["retention.too-short"]);
    expect(keys(0)).toEqual(["retention.too-short"]);
    expect(keys(maxDays + 1)).toEqual(["retention.too-long"]);
  },
);

it.each([
  [term("calls", 1_000, "US"), "retention.below-law"],
  [term("calls", 5_000, "AE"), "retention.law-no-end"],
  [term("calls", 300, "GB"), "retention.place-shorter"],
  [term("calls", 5_000, "EU"), "retention.no-place"],
  [term("audit", 5_000, "GB"), "retention.no-place"],
])("rejects %o: %s", (extra, key) => {
  const { faults } = resolveTerms([term("calls", 400), term("audit", 400), extra], law);
  expect(faults.map(({ message }) => message.key)).toContain(key);
});

it("finds that published terms are too short once a law requires more", () => {
  const { terms } = resolveTerms([term("calls", 400)], law);
  expect(isLongEnough(terms, law, "calls")).toBe(true);
  const longer = law.map((one) => (one.place === "US" ? { ...one, days: 3_653 } : one));
  expect(isLongEnough(terms, longer, "calls")).toBe(false);
  const british = { kind: "calls", place: "GB", days: 500, isRequired: true } as const;
  const added = { ...british, rule: "GB.calls", citation: "A new Act", mark: "A" };
  expect(isLongEnough(terms, [...law, added], "calls")).toBe(false);
  expect(isLongEnough(terms, [...law, { ...added, days: null }], "calls")).toBe(false);
  expect(isLongEnough([], longer, "calls")).toBe(true);
});

it("says for every limit where it is from", () => {
  expect(storageLimits.length).toBeGreaterThan(0);
  for (const { mark, settled_by } of storageLimits) expect(mark === "A" || settled_by).toBeTruthy();
});
