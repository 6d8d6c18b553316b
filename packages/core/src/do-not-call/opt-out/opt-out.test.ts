import { expect, it } from "vitest";
import { daysAfter, sellerA, sellerB } from "../../../testing/facts.ts";
import { type OptOutScope, coversCall } from "./opt-out.ts";

const call = { sellerId: sellerA, purpose: "marketing.loans" };
const times = { at: daysAfter(-1), recordedAt: daysAfter(-1) };

it.each<[boolean, OptOutScope]>([
  [true, { scope: "all" }],
  [true, { scope: "seller", sellerId: sellerA }],
  [false, { scope: "seller", sellerId: sellerB }],
  [true, { scope: "purpose", purpose: "marketing" }],
  [true, { scope: "purpose", purpose: "marketing.loans" }],
  [false, { scope: "purpose", purpose: "marketing.cards" }],
  [false, { scope: "purpose", purpose: "marketing.loans.cars" }],
  [false, { scope: "profiling" }],
])("is %s of a refusal of %o", (expected, scope) => {
  expect(coversCall({ ...scope, ...times }, call)).toBe(expected);
});
