import { bundledRuleBook, determinePhase, listLineage } from "@ringfence/core/people/jurisdiction";
import { expect, it } from "vitest";
import { compareRules } from "./compare-rules";

const listRules = (place: string, date = "2026-11-30") =>
  listLineage(bundledRuleBook, place).flatMap((id) =>
    bundledRuleBook.rules
      .filter(({ jurisdiction }) => jurisdiction === id)
      .map((rule) => ({ rule, phase: determinePhase(rule, [date]), eased: null })),
  );

const ids = (rows: readonly { rule: { id: string } }[]) => rows.map(({ rule }) => rule.id);

it("finds the hours that only one of two states has, and the federal hours of both", () => {
  const hours = compareRules(listRules("US-FL"), listRules("US-LA"))[0];
  expect(hours?.group).toBe("hours");
  expect(ids(hours?.left ?? [])).toEqual(["US-FL.hours"]);
  expect(ids(hours?.right ?? [])).toContain("US-LA.hours");
  expect(ids(hours?.common ?? [])).toContain("US.hours");
});

it("finds no difference between a place and itself", () => {
  const compared = compareRules(listRules("FR"), listRules("FR"));
  expect(compared.flatMap(({ left, right }) => ids([...left, ...right]))).toEqual([]);
  expect(compared.flatMap(({ common }) => ids(common)).length).toBeGreaterThan(5);
});

it("leaves out rules that have ended", () => {
  const compared = compareRules(listRules("FR", "2026-08-11"), []);
  const all = compared.flatMap(({ left }) => ids(left));
  expect(all).toContain("FR.model.optin");
  expect(all).not.toContain("FR.model.optout");
});

it("tells two rules apart that only differ in the caller's duty", () => {
  const row = listRules("US").find(({ rule }) => rule.duty);
  if (row?.rule.duty === undefined) throw new Error("no rule of the US has a duty");
  const other = { ...row, rule: { ...row.rule, duty: { ...row.rule.duty, renew: "P5Y" } } };
  const compared = compareRules([row], [other]);
  expect(compared.flatMap(({ left, right }) => ids([...left, ...right]))).toEqual([
    row.rule.id,
    row.rule.id,
  ]);
  expect(compared.flatMap(({ common }) => common)).toEqual([]);
});
