import { bundledRuleBook } from "../../people/jurisdiction/index.ts";
import { expect, it } from "vitest";
import { predictDisconnection, needsSecondOfficer } from "./disconnection.ts";

const day = "2026-11-29";
const predictEffect = (code: string, isoDate = day) => {
  const effect = predictDisconnection([bundledRuleBook], code, isoDate);
  return [effect.effect, effect.isLifted, needsSecondOfficer(effect)];
};

it("predicts the effect of a disconnection, and whether two officers must agree", () => {
  // Wyoming lets no consent lift it, but only for calls of a machine.
  expect(predictEffect("US-FTC-DNC")).toEqual(["refused", true, true]);
  expect(predictEffect("PT-DGC")).toEqual(["refused", false, true]);
  expect(predictEffect("BR-RJ-PRIV")).toEqual(["refused", false, true]);
  expect(predictEffect("GB-TPS")).toEqual(["refused", true, true]);
  expect(predictEffect("BE-DNCM")).toEqual(["refused", false, true]);
  expect(predictEffect("BR-NMP")).toEqual(["refused", false, true]);
  expect(predictEffect("ES-ROBINSON")).toEqual(["warned", true, true]);
  expect(predictEffect("partner")).toEqual(["listed-callable", false, false]);
});

it("applies the rules of the day", () => {
  expect(predictEffect("FR-BLOCTEL", "2026-08-10")).toEqual(["refused", false, true]);
  expect(predictEffect("FR-BLOCTEL")).toEqual(["listed-callable", false, false]);
  expect(predictDisconnection([bundledRuleBook], "US-FTC-DNC", day).jurisdictions).toEqual([
    "US",
    "US-NJ",
    "US-WY",
  ]);
});

it("requires two officers even if only a kept law still requires the registry", () => {
  const without = {
    ...bundledRuleBook,
    rules: bundledRuleBook.rules.filter(
      (rule) => rule.type !== "registry_scrub" || rule.value.registry !== "GB-TPS",
    ),
  };
  expect(predictDisconnection([without], "GB-TPS", day).effect).toBe("listed-callable");
  const effect = predictDisconnection([without, bundledRuleBook], "GB-TPS", day);
  expect(effect).toMatchObject({ effect: "refused", jurisdictions: ["GB"] });
  expect(needsSecondOfficer(effect)).toBe(true);
});
