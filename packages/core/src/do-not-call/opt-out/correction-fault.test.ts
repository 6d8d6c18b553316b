import { expect, it } from "vitest";
import { daysAfter as day } from "../../../testing/facts.ts";
import { correctionFault } from "./correction-fault.ts";

const plain = { isErased: false, correctedAt: null, isPersonsOwn: false, saidAgainAt: null };

it("lets a refusal be corrected that nobody repeated", () => {
  expect(correctionFault(plain)).toBeNull();
});

it.each([
  [{ correctedAt: day(-1) }, "opt-out.corrected-already"],
  [{ isErased: true }, "opt-out.correction-erased"],
  [{ isPersonsOwn: true }, "opt-out.correction-persons-own"],
  [{ saidAgainAt: day(-1) }, "opt-out.correction-said-again"],
])("leaves one as it is: %o", (spoilt, key) => {
  expect(correctionFault({ ...plain, ...spoilt })?.key).toBe(key);
});
