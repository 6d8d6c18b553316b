import { expect, it } from "vitest";
import { parseScope, scopeField } from "./scope";

it("parses the form's values, and anything else as all calls", () => {
  expect(parseScope(scopeField.seller("acme"))).toEqual({ seller: "acme" });
  expect(parseScope(scopeField.purpose("marketing.loans"))).toEqual({ purpose: "marketing.loans" });
  expect(parseScope(scopeField.profiling)).toEqual({ profiling: true });
  for (const field of [scopeField.all, "", "seller:", "everything"]) {
    expect(parseScope(field)).toEqual({});
  }
});
