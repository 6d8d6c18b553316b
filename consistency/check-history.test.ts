import { expect, it } from "vitest";
import { checkHistory } from "./check-history.ts";
import { emptyHistory, type ReceivedVerdict, type History, type OptOut } from "./history.ts";

const optOut: OptOut = { person: 1, scope: "all", acknowledgedAt: 10, id: "a" };
const allow: ReceivedVerdict = {
  route: "single",
  person: 1,
  seller: "acme",
  purpose: "marketing.loans",
  startedAt: 11,
  verdict: "allow",
};

const findKinds = (history: Partial<History>) =>
  checkHistory({ ...emptyHistory(), followedFeed: ["a"], feed: ["a"], ...history }).map(
    ({ kind }) => kind,
  );

it("finds an allow that was requested after the acknowledgement", () => {
  expect(findKinds({ optOuts: [optOut], verdicts: [allow] })).toEqual(["allowed-after-refusal"]);
});

it.each<[string, Partial<ReceivedVerdict>]>([
  ["a refusal", { verdict: "refuse" }],
  ["an allow that was requested before", { startedAt: 9 }],
  ["an allow of another person", { person: 2 }],
])("finds nothing in %s", (_, change) => {
  expect(findKinds({ optOuts: [optOut], verdicts: [{ ...allow, ...change }] })).toEqual([]);
});

it.each<[OptOut["scope"], boolean]>([
  [{ seller: "acme" }, true],
  [{ seller: "other" }, false],
  [{ purpose: "marketing" }, true],
  [{ purpose: "marketing.loans" }, true],
  [{ purpose: "marketing.loan" }, false],
  [{ purpose: "marketing.cards" }, false],
])("knows what a scope covers: %o", (scope, isCovered) => {
  const kinds = findKinds({ optOuts: [{ ...optOut, scope }], verdicts: [allow] });
  expect(kinds).toEqual(isCovered ? ["allowed-after-refusal"] : []);
});

it("requires nothing of an opt-out that was never acknowledged", () => {
  const unacknowledged = { ...optOut, acknowledgedAt: null, id: null };
  expect(findKinds({ optOuts: [unacknowledged], verdicts: [allow] })).toEqual([]);
});

it("finds an acknowledged opt-out that is not on record", () => {
  expect(findKinds({ optOuts: [{ ...optOut, id: "b" }] })).toEqual(["refusal-lost"]);
  expect(findKinds({ optOuts: [{ ...optOut, id: null }] })).toEqual(["refusal-lost"]);
});

it("finds a row that appeared behind a cursor, and one that disappeared", () => {
  expect(findKinds({ feed: ["a", "b"] })).toEqual(["feed-differs"]);
  expect(findKinds({ followedFeed: ["a", "b"] })).toEqual(["feed-differs"]);
});
