import { expect, it } from "vitest";
import { aRegistry, aRegistryThatLists, numbersOf, usDnc } from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { claimDueRegistries } from "./claim-due-registries.ts";
import { viewRegistry } from "./view-registry.ts";

it("shows how a registry is read, what is in force, and when it is read next", async () => {
  const { asOfficer, registryId } = await aRegistryThatLists(numbersOf(818, 3));
  await claimDueRegistries(db);

  const registry = await viewRegistry(asOfficer, registryId);

  expect(registry).toMatchObject({
    id: registryId,
    format: usDnc,
    listed: 3,
    edition: { number: 1, settled: null },
  });
  expect(registry.nextReadAt?.toISOString()).toMatch(/T02:[0-5]\d:00.000Z$/);
});

it("does not show a registry of another organization", async () => {
  const { registryId } = await aRegistry();
  const { asOfficer } = await aRegistry();
  await expect(viewRegistry(asOfficer, registryId)).rejects.toMatchObject({ code: "not-found" });
});
