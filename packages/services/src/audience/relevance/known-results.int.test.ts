import { expect, it } from "vitest";
import { byCity, calledOrganization } from "../../../testing/relevance-scene.ts";
import { recordCalls } from "../../calling/call/record-calls.ts";
import { knownResults } from "./known-results.ts";

it("has the latest results, however many people a transaction looks at", async () => {
  const { ctx, phoneOf } = await calledOrganization(byCity, 40);
  // Called last of all, who was called first: theirs are the first and the last result.
  const again = { phone: phoneOf(0), purpose: "marketing", outcome: "refused" };
  await recordCalls(ctx, { rows: [{ ...again, at: "2026-01-20T00:00:00Z" }] });

  const all = await knownResults(ctx);
  expect(all).toHaveLength(41);
  expect(all[0]).toMatchObject({ result: "accepted", traits: { "days-since-call": null } });
  expect(all.at(-1)).toMatchObject({ result: "refused", traits: { "days-since-call": 19 } });
  for (const page of [1, 7, 100]) {
    expect(await knownResults(ctx, { page, most: 10 })).toEqual(all.slice(-10));
  }
});
