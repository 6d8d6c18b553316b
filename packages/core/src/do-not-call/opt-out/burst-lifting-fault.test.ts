import { expect, it } from "vitest";
import { type BurstOptOut, burstLiftingFault } from "./burst-lifting-fault.ts";

const flood: BurstOptOut = {
  isErased: false,
  correctedAt: null,
  isPersonsOwn: false,
  saidAgainAt: null,
  hasProof: false,
};
const at = new Date("2026-01-06T10:00:00Z");

it("lifts a refusal that came only with the flood", () => {
  expect(burstLiftingFault(flood, { includesProof: false })).toBeNull();
});

it.each<[Partial<BurstOptOut>, string]>([
  [{ isPersonsOwn: true }, "opt-out.correction-persons-own"],
  [{ saidAgainAt: at }, "opt-out.correction-said-again"],
  [{ isErased: true }, "opt-out.correction-erased"],
  [{ correctedAt: at }, "opt-out.corrected-already"],
])("keeps a refusal with %o, whatever the officers chose", (more, key) => {
  for (const includesProof of [false, true]) {
    expect(burstLiftingFault({ ...flood, ...more }, { includesProof })).toMatchObject({ key });
  }
});

it("keeps a refusal with a proof of work unless the officers chose otherwise", () => {
  const proven = { ...flood, hasProof: true };
  expect(burstLiftingFault(proven, { includesProof: false })).toEqual({
    key: "opt-out.burst-has-proof",
  });
  expect(burstLiftingFault(proven, { includesProof: true })).toBeNull();
});
