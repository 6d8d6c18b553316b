import { expect, it } from "vitest";
import { predictDisconnection, needsSecondOfficer } from "./disconnection.ts";

const day = "2026-11-29";
const effectOf = (code: string, isoDate = day) => {
  const effect = predictDisconnection(code, isoDate);
  return [effect.effect, effect.isLifted, needsSecondOfficer(effect)];
};

it("predicts the effect of a disconnection, and whether two officers must agree", () => {
  expect(effectOf("US-FTC-DNC")).toEqual(["refused", true, true]);
  expect(effectOf("BR-NMP")).toEqual(["refused", false, true]);
  expect(effectOf("ES-ROBINSON")).toEqual(["warned", true, true]);
  expect(effectOf("partner")).toEqual(["listed-callable", false, false]);
});

it("applies the rules of the day", () => {
  expect(effectOf("FR-BLOCTEL", "2026-08-10")).toEqual(["refused", false, true]);
  expect(effectOf("FR-BLOCTEL")).toEqual(["listed-callable", false, false]);
  expect(predictDisconnection("US-FTC-DNC", day).jurisdictions).toEqual(["US", "US-NJ"]);
});
