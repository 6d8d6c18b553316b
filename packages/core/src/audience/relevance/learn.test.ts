import { expect, it } from "vitest";
import { resolveCallResults } from "./call-result.ts";
import { type TrainingCall, learn } from "./learn.ts";
import { predictChance } from "./model.ts";
import { MIN_CALLS_PER_OFFER, noTradeOffs, selectTradeOffs } from "./threshold.ts";

/** Calls alternately to buyers, who accept seven times out of ten, and to others, who accept once. */
const tellingCalls = (count: number): TrainingCall[] =>
  Array.from({ length: count }, (_, index) => {
    const buys = index % 2;
    const isAccepted = (index >> 1) % 10 < (buys === 1 ? 7 : 1);
    return {
      traits: { "purchases-365-days": buys, "attribute.religion": String(isAccepted) },
      result: isAccepted ? "accepted" : index % 3 === 0 ? "opted_out" : "refused",
    };
  });

/** Calls in which a trait predicts the result in the first two thirds, and not in the last third. */
const fadingCalls = (count: number): TrainingCall[] =>
  tellingCalls(count).map((call, index) => ({
    ...call,
    result: index < (count * 2) / 3 ? call.result : index % 4 < 2 ? "accepted" : "refused",
  }));

it("uses a model that is better than chance on later calls", () => {
  const { standing, evaluation, model, tradeOffs } = learn(tellingCalls(900));
  expect(standing).toBe("model");
  expect(evaluation?.interval[0]).toBeGreaterThan(0.55);
  expect(evaluation?.calls).toBe(300);
  expect(JSON.stringify(model)).not.toContain("religion");
  // Half of the calls hold seven of eight that accept, and a quarter of those that do not.
  const half = tradeOffs.ofAll.find(({ calls }) => calls === 0.5);
  expect(half?.of.accepted).toBeCloseTo(1 / 8, 2);
  expect(half?.of.refused).toBeGreaterThan(0.7);
});

it("keeps the documented weights if a model is no better than chance on later calls", () => {
  const { standing, evaluation, model } = learn(fadingCalls(900));
  expect(standing).toBe("no-better-than-chance");
  expect(evaluation?.interval[0]).toBeLessThan(0.55);
  expect(model).not.toBeNull();
});

it("learns nothing from few calls, or from calls that all ended the same way", () => {
  expect(learn(tellingCalls(499))).toMatchObject({ standing: "few-outcomes", model: null });
  const same = tellingCalls(600).map((call) => ({ ...call, result: "refused" as const }));
  expect(learn(same)).toMatchObject({ standing: "one-sided", model: null, evaluation: null });
  expect(learn([])).toMatchObject({
    outcomes: 0,
    standing: "few-outcomes",
    tradeOffs: noTradeOffs,
  });
});

/** Calls with two offers, each accepted mostly in one city, and few calls with a third offer. */
const callsOfOffers = (count: number): TrainingCall[] =>
  Array.from({ length: count }, (_, index) => {
    const offer = index % 12 === 0 ? "rare" : index % 2 === 0 ? "loan" : "card";
    const city = (index >> 1) % 2 === 0 ? "Omsk" : "Tver";
    const fits = (offer === "loan") === (city === "Omsk");
    const isAccepted = (index >> 2) % 10 < (fits ? 7 : 1);
    return {
      traits: { offer, "attribute.city": city },
      result: isAccepted ? "accepted" : "refused",
    };
  });

it("learns which offer fits which people", () => {
  const { standing, model } = learn(callsOfOffers(1_200));
  expect(standing).toBe("model");
  if (model === null) throw new Error("nothing was learned");
  const chance = (offer: string, city: string) =>
    predictChance(model, { offer, "attribute.city": city });
  expect(chance("loan", "Omsk")).toBeGreaterThan(2 * chance("card", "Omsk"));
  expect(chance("card", "Tver")).toBeGreaterThan(2 * chance("loan", "Tver"));
});

it("learns which offer is accepted more often, even if one came after the other", () => {
  const calls = Array.from({ length: 900 }, (_, index): TrainingCall => {
    const offer = index % 10 < (index < 450 ? 8 : 2) ? "loan" : "card";
    const isAccepted = (index * 7) % 10 < (offer === "loan" ? 6 : 1);
    return { traits: { offer }, result: isAccepted ? "accepted" : "refused" };
  });
  const { model } = learn(calls);
  if (model === null) throw new Error("nothing was learned");
  expect(predictChance(model, { offer: "loan" })).toBeGreaterThan(
    predictChance(model, { offer: "card" }) + 0.2,
  );
});

it("computes what a threshold would have held back for an offer, or for all if it has few calls", () => {
  const { tradeOffs } = learn(callsOfOffers(1_200));
  const own = selectTradeOffs(tradeOffs, "loan");
  expect(own).toMatchObject({ isOwn: true });
  expect(own.calls).toBeGreaterThan(MIN_CALLS_PER_OFFER);
  expect(own.calls).toBeLessThan(200);
  const few = { calls: 400, isOwn: false, tradeOffs: tradeOffs.ofAll };
  expect(selectTradeOffs(tradeOffs, "rare")).toEqual(few);
  expect(selectTradeOffs(tradeOffs, null)).toEqual(few);
});

const hour = (count: number) => new Date(Date.UTC(2026, 2, 1, count));

it("assigns each answer to the last call before it, and counts a reported outcome without a call", () => {
  const calls = resolveCallResults({
    calls: [
      { at: hour(48), outcome: "reached", offer: "loan" },
      { at: hour(0), outcome: "sale" },
    ],
    outcomes: [
      { at: hour(49), outcome: "refused" },
      { at: hour(-500), outcome: "accepted" },
    ],
    optOuts: [{ at: hour(47) }, { at: hour(1_000) }],
    complaints: [],
  });
  expect(calls).toEqual([
    { at: hour(-500), result: "accepted", offer: null },
    { at: hour(0), result: "opted_out", offer: null },
    { at: hour(48), result: "refused", offer: "loan" },
  ]);
});

it("assigns no answer to earlier calls", () => {
  const calls = [0, 48].map((count) => ({ at: hour(count), outcome: "sale" }));
  const optOuts = [{ at: hour(49) }];
  const answered = resolveCallResults({ calls, outcomes: [], optOuts, complaints: [] });
  expect(answered.map(({ result }) => result)).toEqual(["accepted", "opted_out"]);
});
