import { expect, it } from "vitest";
import { anAskableRegistry } from "../../../testing/asks.ts";
import { beginAsk } from "./begin-ask.ts";
import { readAnswers } from "./read-answers.ts";
import { settleAsk } from "./settle-ask.ts";

async function scene() {
  const registry = await anAskableRegistry();
  const begun = await beginAsk(registry.ctx, registry.registryId);
  if (!("ask" in begun)) throw new Error(begun.outcome);
  const [one] = begun.ask.phones;
  if (!one) throw new Error("nobody is asked about");
  const { registryId } = registry;
  const answers = [{ phoneId: one.id, said: "free" as const }];
  return { ...registry, settle: { registryId, askId: begun.ask.id, answers }, one };
}

it("keeps what was said, once", async () => {
  const { ctx, registryId, settle, one } = await scene();
  await settleAsk(ctx, { ...settle, status: "answered" });
  expect(await readAnswers(ctx, registryId)).toMatchObject({ free: [Number(one.digits)] });
  const answers = [{ phoneId: one.id, said: "listed" as const }];
  await settleAsk(ctx, { ...settle, status: "answered", answers });
  expect(await readAnswers(ctx, registryId)).toMatchObject({ free: [Number(one.digits)] });
});

it("is for the worker alone, and not for the registry of another organization", async () => {
  const { ctx, stranger, asOfficer, registryId, settle } = await scene();
  const answered = { ...settle, status: "answered" } as const;
  await expect(settleAsk(stranger, answered)).rejects.toMatchObject({ code: "not-found" });
  await expect(settleAsk(asOfficer, answered)).rejects.toMatchObject({ code: "forbidden" });
  expect(await readAnswers(ctx, registryId)).toMatchObject({ asked: [] });
});
