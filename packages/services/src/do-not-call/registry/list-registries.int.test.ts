import { expect, it } from "vitest";
import { aRegistry, aRegistryThatLists, fullList, numbersOf } from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { listRegistries } from "./list-registries.ts";
import { requestSync } from "./request-sync.ts";

const DAY_MS = 86_400_000;

it("shows a registry that was never read as stale", async () => {
  const { asOfficer, registryId } = await aRegistry();
  expect(await listRegistries(asOfficer)).toMatchObject([
    { id: registryId, ageDays: null, isStale: true, edition: null, held: null, run: null },
  ]);
});

it("shows age, limit, the last difference, what is held and what runs", async () => {
  const { asOfficer, registryId, apply } = await aRegistryThatLists(numbersOf(818, 100));
  await apply(fullList(numbersOf(818, 101)));
  await apply(fullList(numbersOf(818, 5)));
  const { runId } = await requestSync(asOfficer, registryId);

  const [registry] = await listRegistries(asOfficer);
  expect(registry).toMatchObject({
    maxAgeDays: 31,
    listed: 101,
    edition: { number: 2, added: 1, removed: 0 },
    held: { listed: 5 },
    run: { id: runId, status: "queued" },
  });
});

it.each([
  [30, false],
  [32, true],
])("counts age from when it was verified: %i days of 31 are stale: %s", async (days, isStale) => {
  const { asOfficer, registryId } = await aRegistryThatLists(numbersOf(818, 3));
  await db.pool.query(
    "UPDATE registry SET verified_at = clock_timestamp() - make_interval(days => $2) WHERE id = $1",
    [registryId, days],
  );
  const [registry] = await listRegistries(asOfficer);
  expect(registry?.isStale).toBe(isStale);
  expect(Math.round((registry?.ageDays ?? 0) * DAY_MS) / DAY_MS).toBeCloseTo(days, 2);
});

it("lists none of another organization", async () => {
  await aRegistry();
  const { asOfficer, registryId } = await aRegistry();
  expect((await listRegistries(asOfficer)).map(({ id }) => id)).toEqual([registryId]);
});

it("takes the limit of the rules for one that they name", async () => {
  const { asOfficer, organizationId, registryId } = await aRegistryThatLists(numbersOf(818, 3));
  await db.prisma.registry.updateMany({
    where: { organizationId, id: registryId },
    data: { code: "CA-DNCL", maxAgeDays: 365 },
  });
  expect(await listRegistries(asOfficer)).toMatchObject([{ maxAgeDays: 365, limitDays: 31 }]);
});
