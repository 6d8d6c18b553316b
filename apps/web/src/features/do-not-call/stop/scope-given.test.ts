import { expect, it } from "vitest";
import { scopeField, scopeGiven } from "./scope-given";

it("reads what the form writes, and all calls out of anything else", () => {
  expect(scopeGiven(scopeField.seller("acme"))).toEqual({ seller: "acme" });
  expect(scopeGiven(scopeField.purpose("marketing.loans"))).toEqual({ purpose: "marketing.loans" });
  expect(scopeGiven(scopeField.profiling)).toEqual({ profiling: true });
  for (const field of [scopeField.all, "", "seller:", "everything"]) {
    expect(scopeGiven(field)).toEqual({});
  }
});
