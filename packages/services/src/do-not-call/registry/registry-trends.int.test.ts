import { expect, it } from "vitest";
import { aRegistryThatLists, fullList, numbersOf } from "../../../testing/registries.ts";
import { as } from "../../../testing/scenes.ts";
import { registryTrends } from "./registry-trends.ts";

it("tells the size over the editions that were in force, and what each changed", async () => {
  const { asOfficer, registryId, apply } = await aRegistryThatLists(numbersOf(818, 100));
  await apply(fullList(numbersOf(818, 101, 1)));
  await apply(fullList(numbersOf(818, 5))); // held
  const trends = await registryTrends(asOfficer, { registryId });
  expect(trends.get(registryId)).toMatchObject([
    { number: 1, listed: 100, added: 100, removed: 0 },
    { number: 2, listed: 101, added: 2, removed: 1 },
  ]);
});

it("tells of all registries, none of another organization, and not to everybody", async () => {
  const other = await aRegistryThatLists(numbersOf(818, 3));
  const { asOfficer, registryId } = await aRegistryThatLists(numbersOf(818, 3));
  expect([...(await registryTrends(asOfficer)).keys()]).toEqual([registryId]);
  const asked = registryTrends(asOfficer, { registryId: other.registryId });
  expect((await asked).size).toBe(0);
  await expect(registryTrends(as(asOfficer, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});
