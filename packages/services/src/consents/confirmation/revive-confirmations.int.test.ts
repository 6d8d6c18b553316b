import { expect, it } from "vitest";
import { aConfirmation } from "../../../testing/confirmations.ts";
import { queuedJob } from "../../../testing/queued-job.ts";
import { db } from "../../../testing/scenes.ts";
import { reviveConfirmations } from "./revive-confirmations.ts";

/** A message that should have gone out two minutes ago, with its job. */
async function scene() {
  const {
    confirmationId: id,
    deliver,
    messages,
  } = await aConfirmation({
    means: "email",
    isAsked: true,
  });
  messages.length = 0;
  const createdAt = new Date(Date.now() - 120_000);
  await db.prisma.confirmation.updateMany({ where: { id }, data: { sentAt: null, createdAt } });
  return { id, ...queuedJob(id), deliver, messages };
}

it("queues anew what a killed worker holds, so that it is sent in time", async () => {
  const { jobs, setJob, deliver, messages } = await scene();
  await setJob("locked_at = now() - interval '2 minutes', attempts = 1");
  await reviveConfirmations(db);
  expect(await jobs()).toEqual([{ attempts: 0, locked_at: null }]);
  await deliver();
  expect(messages).toHaveLength(1);
});

it("queues anew what was lost, once", async () => {
  const { jobs, loseJob } = await scene();
  await loseJob();
  await reviveConfirmations(db);
  await reviveConfirmations(db);
  expect(await jobs()).toHaveLength(1);
});

it.each([
  ["that a worker has in hand", "locked_at = now(), attempts = 1"],
  ["that waits to be tried again", "locked_at = NULL, attempts = 3"],
  ["that was given up", "locked_at = NULL, attempts = max_attempts"],
])("leaves a job %s", async (_, set) => {
  const { jobs, setJob } = await scene();
  await setJob(set);
  const before = await jobs();
  await reviveConfirmations(db);
  expect(await jobs()).toEqual(before);
});

it.each([
  ["was sent", { sentAt: new Date() }],
  ["nobody can answer any more", { expiresAt: new Date(Date.now() - 1_000) }],
  ["is of this minute", { createdAt: new Date() }],
])("queues nothing that %s", async (_, data) => {
  const { id, jobs, loseJob } = await scene();
  await loseJob();
  await db.prisma.confirmation.updateMany({ where: { id }, data });
  await reviveConfirmations(db);
  expect(await jobs()).toEqual([]);
});
