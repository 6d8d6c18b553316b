import { ReasonCode, type ReasonResponse } from "@ringfence/core/calling/screening";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type ScreeningAnswer, isRefusing } from "./gate";
import { toGates } from "./to-gates";

const registries = ["US-FTC-DNC", "GB-TPS", "IT-RPO"];
const aRefusal: fc.Arbitrary<ReasonResponse> = fc
  .record({
    reason: fc.constantFrom(...ReasonCode.options),
    registry: fc.option(fc.constantFrom(...registries), { nil: undefined }),
  })
  .map(({ reason, registry }) => ({
    reason,
    sentence: reason,
    ...(registry && { registry }),
  }));
const anAnswer: fc.Arbitrary<ScreeningAnswer> = fc
  .record({
    refusals: fc.array(aRefusal, { maxLength: 6 }),
    warnings: fc.array(aRefusal, { maxLength: 3 }),
    editions: fc.uniqueArray(fc.constantFrom(...registries)),
  })
  .map(({ refusals, warnings, editions }) => ({
    verdict: refusals.length > 0 ? ("refuse" as const) : ("allow" as const),
    refusals,
    warnings,
    checked: {
      at: new Date(0),
      whatIf: false,
      rules: "",
      ledgerSize: null,
      jurisdictions: ["US"],
      zones: ["America/Chicago"],
      editions: editions.map((registry) => ({ registry, edition: 1, ageDays: 1, limitDays: 31 })),
    },
  }));

it("stops a call at some gate exactly when the verdict refuses", () => {
  fc.assert(
    fc.property(anAnswer, (answer) => {
      expect(toGates(answer).some(isRefusing)).toBe(answer.verdict === "refuse");
    }),
  );
});

it("shows every reason at a gate that stops, and every warning at some gate", () => {
  fc.assert(
    fc.property(anAnswer, (answer) => {
      const gates = toGates(answer);
      const told = new Set(gates.flatMap(({ reasons }) => reasons));
      const stopping = new Set(gates.filter(isRefusing).flatMap(({ reasons }) => reasons));
      expect(answer.refusals.filter((refusal) => !stopping.has(refusal))).toEqual([]);
      expect(answer.warnings.filter((warning) => !told.has(warning))).toEqual([]);
    }),
  );
});

it("marks the gates behind the first one that stops as past, and no others", () => {
  fc.assert(
    fc.property(anAnswer, (answer) => {
      const gates = toGates(answer);
      const first = gates.findIndex(isRefusing);
      gates.forEach(({ isPast }, i) => expect(isPast).toBe(first !== -1 && i > first));
    }),
  );
});
