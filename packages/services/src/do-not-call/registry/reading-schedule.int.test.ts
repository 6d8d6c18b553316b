import { type ReadingSchedule, nightlySchedule } from "@ringfence/core/do-not-call/registry";
import { describe, expect, it } from "vitest";
import { aRegistry } from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { changeRegistry } from "./connect.ts";
import { startDueReadings, setReadingSchedule } from "./reading-schedule.ts";
import { viewRegistry } from "./list.ts";

describe("setReadingSchedule", () => {
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

  it("sets the schedule and the time zone", async () => {
    const { asOfficer, organizationId, nextTime } = await scene();
    await setReadingSchedule(asOfficer, { zone: "Asia/Kolkata", readings: inTheEvening });
    expect(await nextTime()).toBe("14:30");
    expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
      { action: "registry.change", details: { change: "readings", fromMinute: 1_200 } },
    ]);
  });

  it("leaves a registry's own schedule alone until it is removed", async () => {
    const { asOfficer, registryId, nextTime } = await scene();
    await setReadingSchedule(asOfficer, { zone: "UTC", readings: inTheEvening });
    const change = { registryId, schedule: { ...inTheEvening, fromMinute: 330 } };
    expect(await changeRegistry(asOfficer, change)).toEqual({ registryId, runId: null });
    expect(await nextTime()).toBe("05:30");
    await changeRegistry(asOfficer, { registryId, schedule: null });
    expect(await nextTime()).toBe("20:00");
  });

  it("changes nothing of another organization, and does not allow the job", async () => {
    const [one, other] = [await scene(), await scene()];
    await setReadingSchedule(one.asOfficer, { zone: "UTC", readings: inTheEvening });
    expect(await other.nextTime()).toMatch(/^02:/);
    const byJob = setReadingSchedule(one.ctx, { zone: "UTC", readings: nightlySchedule });
    await expect(byJob).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("startDueReadings", () => {
  const atTwo: ReadingSchedule = { ...nightlySchedule, withinMinutes: 0 };

  async function scene(zone = "UTC", readings = atTwo) {
    const { organizationId, registryId } = await aRegistry();
    const where = { id: organizationId };
    await db.prisma.organization.update({ where, data: { zone, readings } });
    const runs = () => db.prisma.run.count({ where: { subjectId: registryId } });
    /** Ends what runs, so that another run can begin. */
    const finish = () =>
      db.prisma.run.updateMany({ where: { subjectId: registryId }, data: { status: "done" } });
    const sweptAt = (sql: string) =>
      db.pool.query(`UPDATE registry SET swept_at = ${sql} WHERE id = $1`, [registryId]);
    const schedule = (schedule: ReadingSchedule) =>
      db.prisma.registry.updateMany({ where: { id: registryId }, data: { schedule } });
    return { organizationId, registryId, runs, finish, sweptAt, schedule };
  }

  /** SQL for two in the morning of the current night, in the zone. */
  const twoIn = (zone: string) => `(
  date_trunc('day', clock_timestamp() AT TIME ZONE '${zone}' - interval '2 hours')
    + interval '2 hours') AT TIME ZONE '${zone}'`;

  it("starts one reading a night, however many workers sweep", async () => {
    const { runs, finish } = await scene();
    await Promise.all([startDueReadings(db), startDueReadings(db), startDueReadings(db)]);
    await finish();
    await startDueReadings(db);
    expect(await runs()).toBe(1);
  });

  it.each(["Asia/Kamchatka", "America/Los_Angeles"])(
    "has it read again after two in the morning in %s",
    async (zone) => {
      const { runs, sweptAt } = await scene(zone);
      await sweptAt(`${twoIn(zone)} + interval '1 second'`);
      await startDueReadings(db);
      expect(await runs()).toBe(0);

      await sweptAt(`${twoIn(zone)} - interval '1 second'`);
      await startDueReadings(db);
      expect(await runs()).toBe(1);
    },
  );

  it("uses the organization's schedule, or the registry's own", async () => {
    const noWeekday = async ({ sweptAt, runs }: Awaited<ReturnType<typeof scene>>) => {
      await sweptAt("clock_timestamp() - interval '25 hours'");
      await startDueReadings(db);
      return runs();
    };
    const today = (new Date().getUTCDay() + 6) % 7;
    const inThreeDays = { ...atTwo, weekdays: [(today + 3) % 7] };
    expect(await noWeekday(await scene("UTC", inThreeDays))).toBe(0);

    const own = await scene();
    await own.schedule(inThreeDays);
    expect(await noWeekday(own)).toBe(0);
    expect(await noWeekday(await scene())).toBe(1);
  });

  it("does not start a second run of a registry that is being read", async () => {
    const { runs, sweptAt } = await scene();
    await startDueReadings(db);
    await sweptAt("NULL");
    await startDueReadings(db);
    expect(await runs()).toBe(1);
  });

  it("sweeps other organizations if one has an unknown time zone", async () => {
    const [broken, sound] = [await scene("Mars/Olympus"), await scene()];
    await startDueReadings(db);
    expect([await broken.runs(), await sound.runs()]).toEqual([1, 1]);
  });

  it("reads a registry with a limit of a day early, and does not retry all the time", async () => {
    const { runs, finish, sweptAt, schedule, registryId } = await scene();
    const today = (new Date().getUTCDay() + 6) % 7;
    await schedule({ ...atTwo, weekdays: [(today + 3) % 7] });
    await sweptAt("clock_timestamp() - interval '2 hours'");
    const verifiedAgo = (hours: number, limitDays: number) =>
      db.pool.query(
        "UPDATE registry SET max_age_days = $3, verified_at = clock_timestamp() - make_interval(hours => $2) WHERE id = $1",
        [registryId, hours, limitDays],
      );
    const runsThen = async (hours: number, limitDays: number) => {
      await verifiedAgo(hours, limitDays);
      await startDueReadings(db);
      await finish();
      return runs();
    };
    expect(await runsThen(19, 1)).toBe(0);
    expect(await runsThen(60, 2)).toBe(0);
    expect(await runsThen(20, 1)).toBe(1);
    expect(await runsThen(20, 1)).toBe(1);
  });
});
