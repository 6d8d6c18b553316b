import { expect, it } from "vitest";
import {
  aRegistry,
  aRegistryThatLists,
  fullList,
  numbersOf,
  published,
} from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { inTransaction } from "../../platform/context.ts";
import { beatRun, claimRun, finishRun } from "../../platform/run/index.ts";
import { applyEdition } from "./apply-edition.ts";
import { cancelSync } from "./cancel-sync.ts";
import { requestSync } from "./request-sync.ts";

const statusOf = async (id: string) =>
  (await db.prisma.run.findFirstOrThrow({ where: { id } })).status;

it("ends a reading that waits, and the next one may begin", async () => {
  const { asOfficer, ctx, registryId } = await aRegistry();
  const { runId } = await requestSync(asOfficer, registryId);

  expect(await cancelSync(asOfficer, registryId)).toEqual({ runId });

  expect(await statusOf(runId)).toBe("canceled");
  expect(await claimRun(ctx, { runId, worker: "a" })).toEqual({ outcome: "over" });
  expect(await requestSync(asOfficer, registryId)).toMatchObject({ isNew: true });
});

it("has a worker let go, and lets nothing that it has read come into force", async () => {
  const { asOfficer, ctx, registryId, row } = await aRegistryThatLists(numbersOf(818, 3));
  const { runId } = await requestSync(asOfficer, registryId);
  const claimed = await claimRun(ctx, { runId, worker: "a" });
  if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
  const { claim } = claimed;
  const before = await row();

  await cancelSync(asOfficer, registryId);

  expect(await beatRun(ctx, { claim, progress: { rows: 1, bytes: 1 } })).toBe(false);
  const edition = published(registryId, fullList(numbersOf(818, 4)), { claim });
  await expect(applyEdition(ctx, edition)).rejects.toMatchObject({
    explanation: { key: "run.canceled" },
  });
  expect(await finishRun(ctx, { claim, outcome: {} })).toBe(false);
  expect(await row()).toEqual(before);
  expect(await db.prisma.registryEdition.count({ where: { registryId } })).toBe(1);
});

it("ends no earlier than it was started, though it was canceled before that", async () => {
  const { asOfficer, ctx, registryId } = await aRegistry();
  const { runId } = await requestSync(asOfficer, registryId);
  await inTransaction(asOfficer, async (began) => {
    await claimRun(ctx, { runId, worker: "a" });
    await cancelSync({ ...began, now: new Date(began.now.getTime() - 1) }, registryId);
  });
  const { startedAt, endedAt } = await db.prisma.run.findFirstOrThrow({ where: { id: runId } });
  expect(endedAt?.getTime()).toBeGreaterThanOrEqual(startedAt?.getTime() ?? Infinity);
});

it("says so where nothing is read, which is the second of two who cancel", async () => {
  const { asOfficer, registryId } = await aRegistry();
  await requestSync(asOfficer, registryId);
  const both = [cancelSync(asOfficer, registryId), cancelSync(asOfficer, registryId)];
  const settled = await Promise.allSettled(both);
  expect(settled.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(cancelSync(asOfficer, registryId)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "registry.not-read-now" },
  });
});

it("cancels nothing of another organization, and is not for the job", async () => {
  const { asOfficer, registryId, ctx } = await aRegistry();
  const { runId } = await requestSync(asOfficer, registryId);
  const other = await aRegistry();
  await expect(cancelSync(other.asOfficer, registryId)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(cancelSync(ctx, registryId)).rejects.toMatchObject({ code: "forbidden" });
  expect(await statusOf(runId)).toBe("queued");
});
