import { expect, it } from "vitest";
import { aBlockedList } from "../../../testing/blocked-lists.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { db } from "../../../testing/scenes.ts";
import { aNumber, aPhone } from "@ringfence/db/testing";
import { recordSuppression } from "../suppression/index.ts";
import { claimDueBlockedLists, readSourceState } from "./due.ts";

/** Creates a list that was written a while ago and is next due far in the future. */
async function scene() {
  const list = await aBlockedList();
  const { organizationId } = list;
  const queued = async () => {
    await claimDueBlockedLists(db);
    const { rows } = await db.pool.query(
      "SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs WHERE key = $1 HAVING count(*) > 0",
      [`blocked-list.write ${organizationId}`],
    );
    return rows.length === 1;
  };
  const sweptAgo = (minutes: number) =>
    db.pool.query(
      "UPDATE blocked_list SET swept_at = clock_timestamp() - make_interval(mins => $2) WHERE organization_id = $1",
      [organizationId, minutes],
    );
  /** Schedules the list for a day of the week that is not near now in any time zone. */
  const scheduleAt = async (daysAhead: number) => {
    const today = (new Date().getUTCDay() + 6) % 7;
    const weekdays = [(today + daysAhead) % 7];
    const schedule = { fromMinute: 0, withinMinutes: 0, weekdays };
    await db.prisma.blockedList.updateMany({ where: { organizationId }, data: { schedule } });
  };
  return { ...list, queued, sweptAgo, scheduleAt };
}

it("is due at first, and whenever its time has come", async () => {
  const { queued, sweptAgo, scheduleAt, write } = await scene();
  await scheduleAt(3);
  expect(await queued()).toBe(true);
  await write();
  expect(await queued()).toBe(false);
  await sweptAgo(60);
  expect(await queued()).toBe(false);
  await sweptAgo(8 * 1_440);
  expect(await queued()).toBe(true);
});

it("is due after an opt-out or a suppression, at most every quarter of an hour", async () => {
  const { ctx, queued, sweptAgo, scheduleAt, write } = await scene();
  await scheduleAt(3);
  await queued();
  await write();
  await recorded(ctx, { phone: aNumber(), channel: "agent" });
  await sweptAgo(14);
  expect(await queued()).toBe(false);
  await sweptAgo(16);
  expect(await queued()).toBe(true);
  await write();
  await sweptAgo(16);
  expect(await queued()).toBe(false);

  await recordSuppression(ctx, { phone: aNumber(), reason: "litigator" });
  expect(await queued()).toBe(true);
});

it("is due after a suppression that was committed behind a newer one", async () => {
  const { organizationId } = await scene();
  const at = new Date(0);
  const suppression = async (id: string) => {
    const phoneId = await aPhone(db, organizationId, { e164: aNumber() });
    const data = { organizationId, phoneId, reason: "litigator", at, recordedAt: at, actor: {} };
    await db.prisma.suppression.create({ data: { ...data, id } });
  };
  await suppression("0190a000-0000-7000-8000-000000000002");
  const seen = await readSourceState(db.prisma, organizationId);
  await suppression("0190a000-0000-7000-8000-000000000001");
  expect(await readSourceState(db.prisma, organizationId)).not.toBe(seen);
});

it("is due after an ended suppression is extended, and after one begins", async () => {
  const { ctx, organizationId } = await scene();
  const seen = () => readSourceState(db.prisma, organizationId);
  const none = await seen();
  const phone = aNumber();
  const at = new Date(Date.now() - 3_600_000);
  const { id } = await recordSuppression(ctx, { phone, reason: "litigator", at });
  const first = await seen();
  const end = (until: Date) => db.prisma.suppression.updateMany({ where: { id }, data: { until } });
  await end(new Date(Date.now() - 1_000));
  expect(await seen()).toBe(none);
  const until = new Date(Date.now() + 3_600_000);
  expect(await recordSuppression(ctx, { phone, reason: "litigator", at, until })).toMatchObject({
    status: "updated",
  });
  expect(await seen()).toBe(first);
  expect(first).not.toBe(none);

  const begins = { at: new Date(Date.now() + 3_600_000), until: null };
  await db.prisma.suppression.updateMany({ where: { id }, data: begins });
  expect(await seen()).toBe(none);
});

it("writes one list at a time, and none waits for hours for a killed worker", async () => {
  const { organizationId } = await scene();
  const queue = `blocked-list.write ${organizationId}`;
  await claimDueBlockedLists(db);
  const { rows } = await db.pool.query(
    "SELECT queue_name FROM graphile_worker.jobs WHERE key = $1",
    [queue],
  );
  expect(rows).toEqual([{ queue_name: queue }]);

  const lockedAgo = async (minutes: number) => {
    await db.pool.query(
      `UPDATE graphile_worker._private_job_queues SET locked_by = 'killed',
         locked_at = clock_timestamp() - make_interval(mins => $2) WHERE queue_name = $1`,
      [queue, minutes],
    );
    await claimDueBlockedLists(db);
    const { rows } = await db.pool.query<{ worker: string | null }>(
      "SELECT locked_by AS worker FROM graphile_worker._private_job_queues WHERE queue_name = $1",
      [queue],
    );
    return rows[0]?.worker;
  };
  expect(await lockedAgo(14)).toBe("killed");
  expect(await lockedAgo(16)).toBeNull();
});

it("is queued once, however many sweep", async () => {
  const { organizationId } = await scene();
  await Promise.all([claimDueBlockedLists(db), claimDueBlockedLists(db)]);
  const { rowCount } = await db.pool.query("SELECT FROM graphile_worker.jobs WHERE key = $1", [
    `blocked-list.write ${organizationId}`,
  ]);
  expect(rowCount).toBe(1);
});
