import { expect, it } from "vitest";
import { aRegistry, aRegistryThatLists, numbersOf } from "../../../testing/registries.ts";
import { confirmEdition } from "./confirm-edition.ts";
import { readRegistry } from "./read-registry.ts";

const later = { readAt: new Date("2026-03-02T02:00:00Z"), validators: { etag: '"8"' } };

async function scene() {
  const { ctx, registryId, row } = await aRegistryThatLists(numbersOf(818, 3));
  const { sha256, revision } = await readRegistry(ctx, registryId);
  return { ctx, registryId, row, inForce: { registryId, revision, sha256: sha256 ?? "" } };
}

it("counts the age of what is in force anew", async () => {
  const { ctx, row, inForce } = await scene();
  expect(await confirmEdition(ctx, { ...inForce, ...later })).toEqual({ outcome: "unchanged" });
  expect(await row()).toMatchObject({ verifiedAt: later.readAt, validators: later.validators });
});

it("never counts backwards", async () => {
  const { ctx, row, inForce } = await scene();
  await confirmEdition(ctx, { ...inForce, ...later });
  await confirmEdition(ctx, { ...inForce, ...later, readAt: new Date("2026-03-01T03:00:00Z") });
  expect((await row()).verifiedAt).toEqual(later.readAt);
});

it("does not confirm what is not in force, or was read in another way", async () => {
  const { ctx, row, inForce } = await scene();
  const before = await row();
  for (const other of [{ sha256: "0f" }, { revision: 2 }]) {
    expect(await confirmEdition(ctx, { ...inForce, ...later, ...other })).toEqual({
      outcome: "outdated",
    });
  }
  expect(await row()).toEqual(before);
});

it("does not see a registry of another organization", async () => {
  const { inForce } = await scene();
  const { ctx } = await aRegistry();
  await expect(confirmEdition(ctx, { ...inForce, ...later })).rejects.toMatchObject({
    code: "not-found",
  });
});
