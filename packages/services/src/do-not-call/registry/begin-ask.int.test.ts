import { expect, it } from "vitest";
import { anAskableRegistry } from "../../../testing/asks.ts";
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

it("asks those that never were asked about first, and then waits for nothing", async () => {
  const { ctx, registryId } = await anAskableRegistry(3);
  const first = await beginAsk(ctx, registryId);
  if (!("ask" in first)) throw new Error(first.outcome);
  const [one, two] = first.ask.phones;
  if (one === undefined || two === undefined) throw new Error("two contacts");
  const settle = { registryId, askId: first.ask.id, status: "answered" } as const;
  await settleAsk(ctx, { ...settle, answers: [{ phoneId: one.id, said: "free" }] });
  const next = await beginAsk(ctx, registryId);
  if (!("ask" in next)) throw new Error(next.outcome);
  expect(next.ask.phones).toEqual([two]);
  const answers = [{ phoneId: two.id, said: "listed" } as const];
  await settleAsk(ctx, { registryId, askId: next.ask.id, status: "answered", answers });
  // The budget is used up, and nobody waits.
  expect(await beginAsk(ctx, registryId)).toEqual({ outcome: "nothing" });
});

it("is for the worker alone, and not for the registry of another organization", async () => {
  const { stranger, asOfficer, registryId } = await anAskableRegistry();
  await expect(beginAsk(stranger, registryId)).rejects.toMatchObject({ code: "not-found" });
  await expect(beginAsk(asOfficer, registryId)).rejects.toMatchObject({ code: "forbidden" });
});
