import { expect, it } from "vitest";
import { measureArea } from "./evaluation.ts";
import { chooseTraits, isSteady } from "./choose-traits.ts";
import { findDrivers, findMainDrivers } from "./drivers.ts";
import { fitCalibration, createFolds, createForwardSplits, trainModel } from "./train-model.ts";
import { logistic } from "./fit-logistic.ts";
import { predictChance } from "./model.ts";
import type { Observation } from "./traits.ts";

/** Numbers between 0 and 1 that look like chance, and are always the same. */
function* chances(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

const cities = ["Tver", "Omsk", "Perm"];
const effects: Record<string, number> = { Tver: 0, Omsk: 1, Perm: -1 };

/** People of whom age and city move the log odds as is known here, and a number that moves nothing. */
function someCalls(count: number): Observation[] {
  const next = chances(7);
  return Array.from({ length: count }, () => {
    const [age, city = ""] = [
      18 + 60 * next.next().value,
      cities[Math.floor(3 * next.next().value)],
    ];
    const logOdds = -1.5 + (effects[city] ?? 0) + (age >= 48 ? 0.8 : 0);
    const isAccepted = next.next().value < logistic(logOdds);
    return { traits: { age, city, noise: next.next().value }, isAccepted };
  });
}
const traits = [
  { name: "age", kind: "number" },
  { name: "city", kind: "category" },
  { name: "noise", kind: "number" },
] as const;
const calls = someCalls(8_000);
const model = trainModel(calls, { traits }, createFolds(calls.length));

const chance = (age: number, city: string) => predictChance(model, { age, city, noise: 0.5 });

it("learns the probabilities that produced the calls", () => {
  expect(chance(25, "Tver")).toBeCloseTo(logistic(-1.5), 1);
  expect(chance(70, "Omsk")).toBeCloseTo(logistic(0.3), 1);
  expect(chance(25, "Perm")).toBeCloseTo(logistic(-2.5), 1);
});

it("is deterministic, and ranks unseen calls", () => {
  expect(trainModel(calls, { traits }, createFolds(calls.length))).toEqual(model);
  const past = trainModel(calls.slice(0, 5_000), { traits }, createForwardSplits(5_000));
  const later = calls.slice(5_000).map((call) => ({
    chance: predictChance(past, call.traits),
    isAccepted: call.isAccepted,
  }));
  expect(measureArea(later)?.interval[0]).toBeGreaterThan(0.6);
});

it("ranks drivers for a person and overall: city before age, and never noise", () => {
  const drivers = findDrivers(model, { age: 70, city: "Perm", noise: 0.5 });
  expect(drivers.map(({ traits }) => traits[0]).slice(0, 2)).toEqual(["city", "age"]);
  expect(drivers[0]?.effect).toBeLessThan(-0.5);
  expect(drivers[1]?.effect).toBeGreaterThan(0.2);
  expect(
    findMainDrivers(model)
      .map(({ traits }) => traits[0])
      .slice(0, 2),
  ).toEqual(["city", "age"]);
});

it("gives no weight to what fewer than twenty people have", () => {
  const odd = calls.map((call, index) =>
    index < 19 ? { ...call, traits: { ...call.traits, city: "Kyzyl" } } : call,
  );
  const { weights } = trainModel(
    odd,
    { traits, pairs: [["city", "city"]] },
    createFolds(odd.length),
  );
  expect(JSON.stringify(weights)).not.toContain("Kyzyl");
});

it("distinguishes a pair of categories from its parts", () => {
  const people: Observation[] = ["a", "b", "c", "d"].flatMap((kind) =>
    Array.from({ length: 100 }, (_, index) => ({
      traits: { left: kind < "c" ? "l" : "L", right: "ac".includes(kind) ? "r" : "R" },
      // Only alike ones accept: neither part says anything by itself.
      isAccepted: index % 10 < ("ad".includes(kind) ? 8 : 2),
    })),
  );
  const both = [
    { name: "left", kind: "category" },
    { name: "right", kind: "category" },
  ] as const;
  const pairs = [["left", "right"]] as const;
  const paired = trainModel(people, { traits: both, pairs }, createFolds(people.length, 4));
  expect(predictChance(paired, { left: "l", right: "r" })).toBeGreaterThan(0.7);
  expect(predictChance(paired, { left: "L", right: "r" })).toBeLessThan(0.3);
});

it("calibrates along the line of true probabilities", () => {
  const next = chances(3);
  const logOdds = Array.from({ length: 20_000 }, () => 4 * next.next().value - 2);
  const outcomes = logOdds.map((x) => next.next().value < logistic(0.5 * x - 1));
  const { slope, intercept } = fitCalibration(logOdds, outcomes);
  expect(slope).toBeCloseTo(0.5, 1);
  expect(intercept).toBeCloseTo(-1, 1);
});

it("gives everyone the same chance if higher log odds mean fewer accepts", () => {
  const { slope, intercept } = fitCalibration([-2, -1, 1, 2], [true, true, false, false]);
  expect({ slope, chance: logistic(intercept) }).toEqual({ slope: 0, chance: 0.5 });
});

it("detects traits that reveal the time rather than the person", () => {
  const dated = calls.map((call, index) => ({
    ...call,
    traits: { ...call.traits, month: index < 5_000 ? "may" : "jun", day: index / 8_000 },
  }));
  expect(traits.every((trait) => isSteady(trait, dated))).toBe(true);
  expect(isSteady({ name: "month", kind: "category" }, dated)).toBe(false);
  expect(isSteady({ name: "day", kind: "number" }, dated)).toBe(false);
});

/** Calls in which the share of mobile phones rises from one season to the next. */
function callsBySeason(effect: number): Observation[] {
  const next = chances(11);
  return Array.from({ length: 2_000 }, (_, index) => {
    const phone = next.next().value < (index < 1_000 ? 0.2 : 0.7) ? "mobile" : "landline";
    const logOdds = -0.5 + (phone === "mobile" ? effect : 0);
    return { traits: { phone }, isAccepted: next.next().value < logistic(logOdds) };
  });
}
const phone = { name: "phone", kind: "category" } as const;

it("keeps a trait that changes over time if it predicts later calls better", () => {
  const telling = callsBySeason(1.5);
  expect(isSteady(phone, telling)).toBe(false);
  expect(chooseTraits([phone], telling)).toEqual([phone]);
});

it("leaves out a trait that changes over time and misleads about later calls", () => {
  const misleading = callsBySeason(0).map((call, index) => ({
    ...call,
    // A phone type that predicts acceptance in one quarter predicts refusal in the next.
    isAccepted: (call.traits.phone === "mobile") === index % 1_000 < 500,
  }));
  expect(isSteady(phone, misleading)).toBe(false);
  expect(chooseTraits([phone], misleading)).toEqual([]);
});

it("splits so that each call is tested by a model of others, or of earlier calls", () => {
  expect(
    createFolds(10, 5)
      .flatMap(({ tested }) => tested)
      .toSorted((a, b) => a - b),
  ).toEqual([...Array(10).keys()]);
  for (const { learned, tested } of createForwardSplits(10, 4)) {
    expect(Math.max(...learned)).toBeLessThan(Math.min(...tested));
  }
  expect(createForwardSplits(10, 4).at(-1)?.tested.at(-1)).toBe(9);
});
