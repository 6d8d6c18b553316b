import { expect, it } from "vitest";
import { aRegistry } from "../../../testing/registries.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { recordBalance } from "./record-balance.ts";
import { viewRegistry } from "./view-registry.ts";

const asJob = <T extends object>(ctx: T) => ({
  ...ctx,
  actor: { type: "job", name: "registry.sync" } as const,
});

it("keeps what is left on an account, for its registry alone", async () => {
  const { ctx, registryId } = await aRegistry();
  await recordBalance(asJob(ctx), { registryId, numbers: 7 });
  const { balance } = await viewRegistry(as(ctx, "officer"), registryId);
  expect(balance).toEqual({ numbers: 7, at: expect.any(Date) });
});

it("is the worker's, and finds no registry of another organization", async () => {
  const { ctx, registryId } = await aRegistry();
  const balance = { registryId, numbers: 7 };
  await expect(recordBalance(as(ctx, "officer"), balance)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(recordBalance(asJob(await aContext()), balance)).rejects.toMatchObject({
    code: "not-found",
  });
});
