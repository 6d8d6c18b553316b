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
  refusals: reasons.map((reason) => ({
    reason,
    message: { key: "refusal.cannot-check" } as const,
  })),
});

it("stops exactly the people whose verdict refuses", () => {
  fc.assert(
    fc.property(someFacts, (facts) => {
      const verdict = screen(facts);
      expect(findEndStep(verdict) === "callable").toBe(verdict.verdict === "allow");
    }),
  );
});

it("finds the first step of all reasons in any order", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...ReasonCode.options)), (reasons) => {
      const alone = reasons.map((reason) => at(findEndStep(told([reason]))));
      expect(at(findEndStep(told(reasons)))).toBe(Math.min(at("callable"), ...alone));
    }),
  );
});

it("uses the person's phone that gets furthest", () => {
  fc.assert(
    fc.property(aPlace, aPlace, (one, other) => {
      expect(at(furtherStep(one, other))).toBe(Math.max(at(one), at(other)));
    }),
  );
});

it("counts nobody twice, and counts the rest as callable", () => {
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
