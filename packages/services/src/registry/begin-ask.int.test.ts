import { expect, it } from "vitest";
import { anAskableRegistry } from "../../testing/asks.ts";
import { beginAsk } from "./begin-ask.ts";
import { settleAsk } from "./settle-ask.ts";

it("gives the same numbers under the same reference until it is known what came of them", async () => {
  const { ctx, registryId } = await anAskableRegistry();
  const first = await beginAsk(ctx, registryId);
  expect(first).toMatchObject({ outcome: "ask", ask: { phones: [{}, {}] } });
  const again = await beginAsk(ctx, registryId);
  expect(again).toEqual({ ...first, outcome: "again" });
});

it("holds the budget of a month, whatever came of what was asked", async () => {
  const { ctx, registryId } = await anAskableRegistry(1);
  const first = await beginAsk(ctx, registryId);
  if (!("ask" in first)) throw new Error(first.outcome);
  expect(first.ask.phones).toHaveLength(1);
  await settleAsk(ctx, { registryId, askId: first.ask.id, status: "lost" });
  expect(await beginAsk(ctx, registryId)).toEqual({ outcome: "budget", budget: 1, waiting: 2 });
});

it("is for the worker alone, and not for the registry of another organization", async () => {
  const { stranger, asOfficer, registryId } = await anAskableRegistry();
  await expect(beginAsk(stranger, registryId)).rejects.toMatchObject({ code: "not-found" });
  await expect(beginAsk(asOfficer, registryId)).rejects.toMatchObject({ code: "forbidden" });
});
