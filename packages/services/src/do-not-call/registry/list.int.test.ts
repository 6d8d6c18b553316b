import { expect, it } from "vitest";
import {
  aRegistry,
  aRegistryThatLists,
  fullList,
  numbersInArea,
  usDnc,
} from "../../../testing/registries.ts";
import { as, db } from "../../../testing/scenes.ts";
import { listRegistries, listRegistryTrends, viewRegistry } from "./list.ts";
import { startSync } from "./sync.ts";
import { startDueReadings } from "./reading-schedule.ts";

const DAY_MS = 86_400_000;

it("shows a registry that was never read as stale", async () => {
  const { asOfficer, registryId } = await aRegistry();
  expect(await listRegistries(asOfficer)).toMatchObject([
    { id: registryId, ageDays: null, isStale: true, edition: null, held: null, run: null },
  ]);
});

it("shows age, limit, last change, held edition and current run", async () => {
  const { asOfficer, registryId, apply } = await aRegistryThatLists(numbersInArea(818, 100));
  await apply(fullList(numbersInArea(818, 101)));
  await apply(fullList(numbersInArea(818, 5)));
  const { runId } = await startSync(asOfficer, registryId);

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
  const { asOfficer, registryId } = await aRegistryThatLists(numbersInArea(818, 3));
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

it("uses the age limit of the rules for a required registry", async () => {
  const { asOfficer, organizationId, registryId } = await aRegistryThatLists(numbersInArea(818, 3));
  await db.prisma.registry.updateMany({
    where: { organizationId, id: registryId },
    data: { code: "CA-DNCL", maxAgeDays: 365 },
  });
  expect(await listRegistries(asOfficer)).toMatchObject([{ maxAgeDays: 365, limitDays: 31 }]);
});

it("shows the settings, the edition in force and the next reading", async () => {
  const { asOfficer, registryId } = await aRegistryThatLists(numbersInArea(818, 3));
  await startDueReadings(db);

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

it("lists the size and the changes of each edition that was in force", async () => {
  const { asOfficer, registryId, apply } = await aRegistryThatLists(numbersInArea(818, 100));
  await apply(fullList(numbersInArea(818, 101, 1)));
  await apply(fullList(numbersInArea(818, 5))); // held
  const trends = await listRegistryTrends(asOfficer, { registryId });
  expect(trends.get(registryId)).toMatchObject([
    { number: 1, listed: 100, added: 100, removed: 0 },
    { number: 2, listed: 101, added: 2, removed: 1 },
  ]);
});

it("lists the trends of all registries but those of another organization, and does not allow agents", async () => {
  const other = await aRegistryThatLists(numbersInArea(818, 3));
  const { asOfficer, registryId } = await aRegistryThatLists(numbersInArea(818, 3));
  expect([...(await listRegistryTrends(asOfficer, {})).keys()]).toEqual([registryId]);
  const asked = listRegistryTrends(asOfficer, { registryId: other.registryId });
  expect((await asked).size).toBe(0);
  await expect(listRegistryTrends(as(asOfficer, "agent"), {})).rejects.toMatchObject({
    code: "forbidden",
  });
});
