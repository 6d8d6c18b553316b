import { expect, it } from "vitest";
import { aRegistry, aRegistryThatLists, numbersOf, usDnc } from "../../../testing/registries.ts";
import { readRegistry } from "./read-registry.ts";

it("tells how a registry is read, and that none is in force before the first edition", async () => {
  const { ctx, registryId } = await aRegistry();
  expect(await readRegistry(ctx, registryId)).toEqual({
    format: usDnc,
    revision: 1,
    uploadId: null,
    sha256: null,
    validators: null,
    accepted: [],
  });
});

it("tells what is in force", async () => {
  const { ctx, registryId } = await aRegistryThatLists(numbersOf(818, 3));
  expect((await readRegistry(ctx, registryId)).sha256).toMatch(/^[0-9a-f]{64}$/);
});

it("does not see a registry of another organization", async () => {
  const { registryId } = await aRegistry();
  const { ctx } = await aRegistry();
  await expect(readRegistry(ctx, registryId)).rejects.toMatchObject({ code: "not-found" });
});
