import { expect, it } from "vitest";
import { type BurstOptOut, findBurstLiftingFault } from "./burst-lifting.ts";

const flood: BurstOptOut = {
  isErased: false,
  correctedAt: null,
  wasMadeByPerson: false,
  repeatedAt: null,
  hasProof: false,
};
const at = new Date("2026-01-06T10:00:00Z");

it("lifts an opt-out that came only with the flood", () => {
  expect(findBurstLiftingFault(flood, { includesProof: false })).toBeNull();
});

it.each<[Partial<BurstOptOut>, string]>([
  [{ wasMadeByPerson: true }, "opt-out.correction-persons-own"],
  [{ repeatedAt: at }, "opt-out.correction-said-again"],
  [{ isErased: true }, "opt-out.correction-erased"],
  [{ correctedAt: at }, "opt-out.corrected-already"],
])("keeps an opt-out with %o, whatever the officers chose", (more, key) => {
  for (const includesProof of [false, true]) {
    expect(findBurstLiftingFault({ ...flood, ...more }, { includesProof })).toMatchObject({ key });
  }
});

it("keeps an opt-out with a proof of work unless the officers chose otherwise", () => {
  const proven = { ...flood, hasProof: true };
  expect(findBurstLiftingFault(proven, { includesProof: false })).toEqual({
    key: "opt-out.burst-has-proof",
  });
  expect(findBurstLiftingFault(proven, { includesProof: true })).toBeNull();
});
