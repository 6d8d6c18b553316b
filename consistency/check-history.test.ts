import { expect, it } from "vitest";
import { checkHistory } from "./check-history.ts";
import { emptyHistory, type Heard, type History, type Refusal } from "./history.ts";

const refusal: Refusal = { person: 1, scope: "all", acknowledged: 10, id: "a" };
const heard: Heard = {
  route: "single",
  person: 1,
  seller: "acme",
  purpose: "marketing.loans",
  begun: 11,
  verdict: "allow",
};

const findKinds = (history: Partial<History>) =>
  checkHistory({ ...emptyHistory(), gathered: ["a"], feed: ["a"], ...history }).map(
    ({ kind }) => kind,
  );

it("finds an allow that was requested after the acknowledgement", () => {
  expect(findKinds({ refusals: [refusal], heard: [heard] })).toEqual(["allowed-after-refusal"]);
});

it.each<[string, Partial<Heard>]>([
  ["a refusal", { verdict: "refuse" }],
  ["an allow that was asked for before", { begun: 9 }],
  ["an allow of another person", { person: 2 }],
])("finds nothing in %s", (_, change) => {
  expect(findKinds({ refusals: [refusal], heard: [{ ...heard, ...change }] })).toEqual([]);
});

it.each<[Refusal["scope"], boolean]>([
  [{ seller: "acme" }, true],
  [{ seller: "other" }, false],
  [{ purpose: "marketing" }, true],
  [{ purpose: "marketing.loans" }, true],
  [{ purpose: "marketing.loan" }, false],
  [{ purpose: "marketing.cards" }, false],
])("knows what a scope covers: %o", (scope, isCovered) => {
  const kinds = findKinds({ refusals: [{ ...refusal, scope }], heard: [heard] });
  expect(kinds).toEqual(isCovered ? ["allowed-after-refusal"] : []);
});

it("requires nothing of an opt-out that was never acknowledged", () => {
  const unheard = { ...refusal, acknowledged: null, id: null };
  expect(findKinds({ refusals: [unheard], heard: [heard] })).toEqual([]);
});

it("finds an acknowledged opt-out that is not on record", () => {
  expect(findKinds({ refusals: [{ ...refusal, id: "b" }] })).toEqual(["refusal-lost"]);
  expect(findKinds({ refusals: [{ ...refusal, id: null }] })).toEqual(["refusal-lost"]);
});

it("finds a row that appeared behind a cursor, and one that disappeared", () => {
  expect(findKinds({ feed: ["a", "b"] })).toEqual(["feed-differs"]);
  expect(findKinds({ gathered: ["a", "b"] })).toEqual(["feed-differs"]);
});
