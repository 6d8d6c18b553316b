import fc from "fast-check";
import { expect, it } from "vitest";
import { someFacts } from "../../../testing/arbitraries.ts";
import { ReasonCode, screen } from "../../calling/screening/index.ts";
import {
  countEndSteps,
  furtherStep,
  EndStep,
  findEndStep,
  Step,
  toWaterfall,
} from "./waterfall.ts";

const aPlace = fc.constantFrom(...EndStep.options);
const at = (place: EndStep) => EndStep.options.indexOf(place);
const told = (reasons: readonly ReasonCode[]) => ({
  refusals: reasons.map((reason) => ({ reason, message: { key: "refusal.opted-out" } as const })),
});

it("stops a person where a verdict refuses, and nobody else", () => {
  fc.assert(
    fc.property(someFacts, (facts) => {
      const verdict = screen(facts);
      expect(findEndStep(verdict) === "callable").toBe(verdict.verdict === "allow");
    }),
  );
});

it("names the first step of all reasons, whatever their order", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...ReasonCode.options)), (reasons) => {
      const alone = reasons.map((reason) => at(findEndStep(told([reason]))));
      expect(at(findEndStep(told(reasons)))).toBe(Math.min(at("callable"), ...alone));
    }),
  );
});

it("follows the phone of a person that comes furthest", () => {
  fc.assert(
    fc.property(aPlace, aPlace, (one, other) => {
      expect(at(furtherStep(one, other))).toBe(Math.max(at(one), at(other)));
    }),
  );
});

it("leaves out nobody twice: who is left at last is callable", () => {
  fc.assert(
    fc.property(fc.array(aPlace), (places) => {
      const counts = countEndSteps(places);
      const steps = toWaterfall(counts);
      expect(steps.map(({ step }) => step)).toEqual(Step.options);
      let before = places.length;
      for (const { step, stopped, left } of steps) {
        expect(stopped).toBe(places.filter((place) => place === step).length);
        expect(left).toBe(before - stopped);
        before = left;
      }
      expect(before).toBe(counts.callable);
    }),
  );
});
