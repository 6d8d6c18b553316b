import { ListEditions } from "@ringfence/core/do-not-call/registry";
import { expect, it } from "vitest";
import {
  aRegistry,
  aRegistryThatLists,
  fullList,
  numbersInArea,
} from "../../../testing/registries.ts";
import { viewEditionChanges, listEditions } from "./edition-history.ts";
import { db } from "../../../testing/scenes.ts";

it("lists editions in pages, latest first, including held ones", async () => {
  const { asOfficer, registryId, apply } = await aRegistryThatLists(numbersInArea(818, 100));
  await apply({ "2026-8-5_818_A.txt": fullList(numbersInArea(818, 101)) });
  await apply(fullList(numbersInArea(818, 5)));

  const first = await listEditions(asOfficer, ListEditions.parse({ registryId, limit: 2 }));
  const second = await listEditions(
    asOfficer,
    ListEditions.parse({ registryId, limit: 2, after: first.next }),
  );

  expect([...first.editions, ...second.editions]).toMatchObject([
    { status: "held", number: null, listed: 5, fault: { key: "registry.held.shrunk" } },
    { status: "applied", number: 2, added: 1, removed: 0, publishedOn: "2026-08-05", fault: null },
    { status: "applied", number: 1, kind: "full", lines: 100, publishedOn: null },
  ]);
  expect(second.next).toBeNull();
});

it("lists none of another organization", async () => {
  const { registryId } = await aRegistryThatLists(numbersInArea(818, 3));
  const { asOfficer } = await aRegistry();
  const asked = ListEditions.parse({ registryId });
  expect((await listEditions(asOfficer, asked)).editions).toEqual([]);
});

/** Applies three editions: 100 numbers, then without the first and with two more, then with the first again. */
async function scene() {
  const registry = await aRegistryThatLists(numbersInArea(818, 100));
  await registry.apply(fullList([...numbersInArea(818, 99, 1), ...numbersInArea(819, 2)]));
  await registry.apply(fullList([...numbersInArea(818, 100), ...numbersInArea(819, 2)]));
  const { asOfficer, registryId } = registry;
  const of = async (number: number) => {
    const { edition, sample } = await viewEditionChanges(asOfficer, { registryId, number });
    return { ...edition, sample };
  };
  return { ...registry, of };
}

it("shows what an edition added and removed, even after later changes", async () => {
  const { of, organizationId } = await scene();
  expect(await of(2)).toMatchObject({
    added: 2,
    removed: 1,
    sample: [
      { phone: "+18185550000", isAdded: false },
      { phone: "+18195550000", isAdded: true },
      { phone: "+18195550001", isAdded: true },
    ],
  });
  expect(await of(3)).toMatchObject({ sample: [{ phone: "+18185550000", isAdded: true }] });
  const where = { organizationId, action: "registry.read" };
  expect(await db.prisma.auditEntry.count({ where })).toBe(2);
});

it("shows no sample of the first edition, and at most fifty numbers of others", async () => {
  const { of, apply } = await scene();
  expect((await of(1)).sample).toEqual([]);
  await apply(fullList([...numbersInArea(818, 200), ...numbersInArea(819, 2)]));
  expect((await of(4)).sample).toHaveLength(50);
});

it("finds no edition of another organization, and no missing one", async () => {
  const { registryId, asOfficer } = await scene();
  const other = await aRegistry();
  const theirs = viewEditionChanges(other.asOfficer, { registryId, number: 1 });
  await expect(theirs).rejects.toMatchObject({ code: "not-found" });
  await expect(viewEditionChanges(asOfficer, { registryId, number: 9 })).rejects.toMatchObject({
    explanation: { key: "error.edition-not-found" },
  });
});
