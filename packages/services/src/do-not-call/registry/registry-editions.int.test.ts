import { RegistryEditions } from "@ringfence/core/do-not-call/registry";
import { expect, it } from "vitest";
import { aRegistry, aRegistryThatLists, fullList, numbersOf } from "../../../testing/registries.ts";
import { registryEditions } from "./registry-editions.ts";

it("lists editions page after page, the latest first, held ones too", async () => {
  const { asOfficer, registryId, apply } = await aRegistryThatLists(numbersOf(818, 100));
  await apply({ "2026-8-5_818_A.txt": fullList(numbersOf(818, 101)) });
  await apply(fullList(numbersOf(818, 5)));

  const first = await registryEditions(asOfficer, RegistryEditions.parse({ registryId, limit: 2 }));
  const second = await registryEditions(
    asOfficer,
    RegistryEditions.parse({ registryId, limit: 2, after: first.next }),
  );

  expect([...first.editions, ...second.editions]).toMatchObject([
    { status: "held", number: null, listed: 5, fault: { key: "registry.held.shrunk" } },
    { status: "applied", number: 2, added: 1, removed: 0, publishedOn: "2026-08-05", fault: null },
    { status: "applied", number: 1, kind: "full", lines: 100, publishedOn: null },
  ]);
  expect(second.next).toBeNull();
});

it("lists none of another organization", async () => {
  const { registryId } = await aRegistryThatLists(numbersOf(818, 3));
  const { asOfficer } = await aRegistry();
  const asked = RegistryEditions.parse({ registryId });
  expect((await registryEditions(asOfficer, asked)).editions).toEqual([]);
});
