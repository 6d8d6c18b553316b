import { expect, it } from "vitest";
import {
  aRegistry,
  aRegistryThatLists,
  fullList,
  numbersOf,
  published,
} from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { applyEdition } from "./apply-edition.ts";
import { changeRegistry } from "./change-registry.ts";
import { readRegistry } from "./read-registry.ts";

const elsewhere = { kind: "folder", path: "elsewhere" } as const;

it("changes what it is told, and nothing else", async () => {
  const { asOfficer, registryId, row } = await aRegistry();
  const before = await row();

  expect(await changeRegistry(asOfficer, { registryId, maxAgeDays: 14 })).toEqual({
    registryId,
    runId: null,
  });

  expect(await row()).toEqual({ ...before, maxAgeDays: 14 });
});

it("has a registry read anew when it is read from elsewhere, by bytes that are known too", async () => {
  const numbers = numbersOf(818, 3);
  const { ctx, asOfficer, registryId, row } = await aRegistryThatLists(numbers);
  const { sha256 } = await readRegistry(ctx, registryId);
  await db.prisma.registry.updateMany({
    where: { id: registryId },
    data: { validators: { etag: '"7"' } },
  });

  const { runId } = await changeRegistry(asOfficer, { registryId, source: elsewhere });

  expect(runId).not.toBeNull();
  expect(await row()).toMatchObject({ source: elsewhere });
  expect(await readRegistry(ctx, registryId)).toMatchObject({
    revision: 2,
    sha256: null,
    validators: null,
  });
  const asBefore = published(registryId, fullList(numbers), { sha256: sha256 ?? "" });
  expect(await applyEdition(ctx, asBefore)).toEqual({ outcome: "outdated" });
  const anew = { ...asBefore, revision: 2 };
  expect(await applyEdition(ctx, anew)).toEqual({ outcome: "unchanged" });
  expect(await readRegistry(ctx, registryId)).toMatchObject({ sha256 });
  expect((await row()).edition).toBe(1);
});

it("applies the same bytes again when they are read in another way", async () => {
  const { ctx, asOfficer, registryId, listedNow } = await aRegistryThatLists(numbersOf(818, 2));
  const { sha256 } = await readRegistry(ctx, registryId);
  await changeRegistry(asOfficer, { registryId, format: { reader: "us-dnc" } });

  const readOtherwise = published(registryId, fullList(numbersOf(818, 3)), {
    sha256: sha256 ?? "",
    revision: 2,
  });
  expect(await applyEdition(ctx, readOtherwise)).toMatchObject({ outcome: "applied", added: 1 });
  expect(await listedNow()).toEqual(numbersOf(818, 3));
});

it("does not change a registry of another organization", async () => {
  const { registryId, row } = await aRegistry();
  const before = await row();
  const { asOfficer } = await aRegistry();
  await expect(changeRegistry(asOfficer, { registryId, maxAgeDays: 1 })).rejects.toMatchObject({
    code: "not-found",
  });
  expect(await row()).toEqual(before);
});
