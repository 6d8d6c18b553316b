import { expect, it } from "vitest";
import { daysAfter as day } from "../../../testing/facts.ts";
import { findCorrectionFault } from "./correct.ts";

const plain = { isErased: false, correctedAt: null, wasMadeByPerson: false, repeatedAt: null };

it("allows the correction of an opt-out that nobody repeated", () => {
  expect(findCorrectionFault(plain)).toBeNull();
});

it.each([
  [{ correctedAt: day(-1) }, "opt-out.corrected-already"],
  [{ isErased: true }, "opt-out.correction-erased"],
  [{ wasMadeByPerson: true }, "opt-out.correction-persons-own"],
  [{ repeatedAt: day(-1) }, "opt-out.correction-said-again"],
])("does not correct %o", (spoilt, key) => {
  expect(findCorrectionFault({ ...plain, ...spoilt })?.key).toBe(key);
});
