import { nightly } from "@ringfence/core/do-not-call/registry";
import { expect, it } from "vitest";
import { aRegistry } from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { changeRegistry } from "./change-registry.ts";
import { setReadings } from "./set-readings.ts";
import { viewRegistry } from "./view-registry.ts";

const inTheEvening = { fromMinute: 1_200, withinMinutes: 0, weekdays: [0, 1, 2, 3, 4, 5, 6] };

async function scene() {
  const { asOfficer, organizationId, registryId, ctx } = await aRegistry();
  await db.pool.query("UPDATE registry SET swept_at = clock_timestamp() WHERE id = $1", [
    registryId,
  ]);
  const nextTime = async () =>
    (await viewRegistry(asOfficer, registryId)).nextReadAt?.toISOString().slice(11, 16);
  return { asOfficer, organizationId, registryId, ctx, nextTime };
}

it("says when registries are read, by which clock", async () => {
  const { asOfficer, organizationId, nextTime } = await scene();
  await setReadings(asOfficer, { zone: "Asia/Kolkata", readings: inTheEvening });
  expect(await nextTime()).toBe("14:30");
  expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
    { action: "registry.change", details: { change: "readings", fromMinute: 1_200 } },
  ]);
});

it("leaves alone a registry that has times of its own, until it is given them up", async () => {
  const { asOfficer, registryId, nextTime } = await scene();
  await setReadings(asOfficer, { zone: "UTC", readings: inTheEvening });
  const change = { registryId, schedule: { ...inTheEvening, fromMinute: 330 } };
  expect(await changeRegistry(asOfficer, change)).toEqual({ registryId, runId: null });
  expect(await nextTime()).toBe("05:30");
  await changeRegistry(asOfficer, { registryId, schedule: null });
  expect(await nextTime()).toBe("20:00");
});

it("changes nothing of another organization, and is not for the job", async () => {
  const [one, other] = [await scene(), await scene()];
  await setReadings(one.asOfficer, { zone: "UTC", readings: inTheEvening });
  expect(await other.nextTime()).toMatch(/^02:/);
  const byJob = setReadings(one.ctx, { zone: "UTC", readings: nightly });
  await expect(byJob).rejects.toMatchObject({ code: "forbidden" });
});
