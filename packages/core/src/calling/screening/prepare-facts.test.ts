import { expect, it } from "vitest";
import { aGrant, anOptOut, clearFacts, daysAfter as day } from "../../../testing/facts.ts";
import { prepareFacts } from "./prepare-facts.ts";

it("lists refusals of both kinds that cover the call, latest first, even if the person consented later", () => {
  const { refusedAt } = prepareFacts({
    ...clearFacts,
    consents: [
      aGrant({ type: "withdrawn", at: day(-9) }),
      aGrant({ type: "refused", at: day(-1) }),
      aGrant({ type: "withdrawn", at: day(-2), purposes: ["survey"] }),
      aGrant({ type: "withdrawn", at: day(1) }),
      aGrant(),
    ],
    optOuts: [anOptOut(day(-20)), anOptOut(day(-5))],
  });
  expect(refusedAt).toEqual([day(-1), day(-5), day(-9), day(-20)]);
});
