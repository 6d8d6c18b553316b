import { expect, it } from "vitest";
import { aCode } from "../../../testing/person-codes.ts";
import { queuedJob } from "../../../testing/queued-job.ts";
import { db } from "../../../testing/scenes.ts";
import { revivePersonCodes } from "./revive-person-codes.ts";

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);

/** A code that should have gone out a minute ago, with its job. */
async function scene() {
  const { id } = await aCode();
  const change = (data: object) => db.prisma.personCode.updateMany({ where: { id }, data });
  await change({ sentAt: null, createdAt: ago(60) });
  return { change, ...queuedJob(id) };
}

it("queues anew what a killed worker holds, or was lost, once", async () => {
  const { jobs, setJob, loseJob } = await scene();
  await setJob("locked_at = now() - interval '1 minute', attempts = 1");
  await revivePersonCodes(db);
  expect(await jobs()).toEqual([{ attempts: 0, locked_at: null }]);
  await loseJob();
  await revivePersonCodes(db);
  await revivePersonCodes(db);
  expect(await jobs()).toHaveLength(1);
});

it("leaves a job that a worker has in hand", async () => {
  const { jobs, setJob } = await scene();
  await setJob("locked_at = now(), attempts = 1");
  const before = await jobs();
  await revivePersonCodes(db);
  expect(await jobs()).toEqual(before);
});

it.each([
  ["was sent", { sentAt: ago(0) }],
  ["can no longer be typed", { createdAt: ago(601) }],
  ["was asked for a moment ago", { createdAt: ago(0) }],
])("queues nothing that %s", async (_, data) => {
  const { change, jobs, loseJob } = await scene();
  await loseJob();
  await change(data);
  await revivePersonCodes(db);
  expect(await jobs()).toEqual([]);
});
