import { expect, it } from "vitest";
import {
  aRegistry,
  aRegistryThatLists,
  fullList,
  numbersInArea,
  published,
  usDnc,
} from "../../../testing/registries.ts";
import { db } from "../../../testing/scenes.ts";
import { cancelSync, endSync, loadSyncState, startSync } from "./sync.ts";
import { type ServiceContext, inTransaction } from "../../platform/context.ts";
import { sendHeartbeat, claimRun, finishRun } from "../../platform/run/index.ts";
import { applyEdition } from "./apply-edition.ts";
import { RegistryEditionId } from "@ringfence/core/ids";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { changeRegistry } from "./connect.ts";
import { reviewEdition } from "./review-held-edition.ts";

it("starts one reading, however many members ask", async () => {
  const { asOfficer, organizationId, registryId } = await aRegistry();

  const runs = await Promise.all([1, 2, 3].map(() => startSync(asOfficer, registryId)));

  expect(new Set(runs.map(({ runId }) => runId)).size).toBe(1);
  expect(await db.prisma.auditEntry.findMany({ where: { organizationId } })).toMatchObject([
    { action: "registry.change", details: { change: "sync", registryId } },
  ]);
});

it("reads no registry of another organization", async () => {
  const { registryId } = await aRegistry();
  const { asOfficer } = await aRegistry();
  await expect(startSync(asOfficer, registryId)).rejects.toMatchObject({ code: "not-found" });
});

const findStatus = async (id: string) =>
  (await db.prisma.run.findFirstOrThrow({ where: { id } })).status;

it("cancels a queued reading, so that the next one can start", async () => {
  const { asOfficer, ctx, registryId } = await aRegistry();
  const { runId } = await startSync(asOfficer, registryId);

  expect(await cancelSync(asOfficer, registryId)).toEqual({ runId });

  expect(await findStatus(runId)).toBe("canceled");
  expect(await claimRun(ctx, { runId, worker: "a" })).toEqual({ outcome: "over" });
  expect(await startSync(asOfficer, registryId)).toMatchObject({ isNew: true });
});

it("stops the worker and applies nothing of what it has read", async () => {
  const { asOfficer, ctx, registryId, row } = await aRegistryThatLists(numbersInArea(818, 3));
  const { runId } = await startSync(asOfficer, registryId);
  const claimed = await claimRun(ctx, { runId, worker: "a" });
  if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
  const { claim } = claimed;
  const before = await row();

  await cancelSync(asOfficer, registryId);

  expect(await sendHeartbeat(ctx, { claim, progress: { rows: 1, bytes: 1 } })).toBe(false);
  const edition = published(registryId, fullList(numbersInArea(818, 4)), { claim });
  await expect(applyEdition(ctx, edition)).rejects.toMatchObject({
    explanation: { key: "run.canceled" },
  });
  expect(await finishRun(ctx, { claim, outcome: {} })).toBe(false);
  expect(await row()).toEqual(before);
  expect(await db.prisma.registryEdition.count({ where: { registryId } })).toBe(1);
});

it("never ends a run before its start", async () => {
  const { asOfficer, ctx, registryId } = await aRegistry();
  const { runId } = await startSync(asOfficer, registryId);
  await inTransaction(asOfficer, async (began) => {
    await claimRun(ctx, { runId, worker: "a" });
    await cancelSync({ ...began, now: new Date(began.now.getTime() - 1) }, registryId);
  });
  const { startedAt, endedAt } = await db.prisma.run.findFirstOrThrow({ where: { id: runId } });
  expect(endedAt?.getTime()).toBeGreaterThanOrEqual(startedAt?.getTime() ?? Infinity);
});

it("refuses to cancel if nothing is being read, such as a second time", async () => {
  const { asOfficer, registryId } = await aRegistry();
  await startSync(asOfficer, registryId);
  const both = [cancelSync(asOfficer, registryId), cancelSync(asOfficer, registryId)];
  const settled = await Promise.allSettled(both);
  expect(settled.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(cancelSync(asOfficer, registryId)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "registry.not-read-now" },
  });
});

it("cancels nothing of another organization, and does not allow the job", async () => {
  const { asOfficer, registryId, ctx } = await aRegistry();
  const { runId } = await startSync(asOfficer, registryId);
  const other = await aRegistry();
  await expect(cancelSync(other.asOfficer, registryId)).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(cancelSync(ctx, registryId)).rejects.toMatchObject({ code: "forbidden" });
  expect(await findStatus(runId)).toBe("queued");
});

it("returns the settings, and no edition before the first", async () => {
  const { ctx, registryId } = await aRegistry();
  expect(await loadSyncState(ctx, registryId)).toEqual({
    format: usDnc,
    revision: 1,
    uploadId: null,
    sha256: null,
    validators: null,
    accepted: [],
  });
});

it("returns the edition in force", async () => {
  const { ctx, registryId } = await aRegistryThatLists(numbersInArea(818, 3));
  expect((await loadSyncState(ctx, registryId)).sha256).toMatch(/^[0-9a-f]{64}$/);
});

it("finds no registry of another organization", async () => {
  const { registryId } = await aRegistry();
  const { ctx } = await aRegistry();
  await expect(loadSyncState(ctx, registryId)).rejects.toMatchObject({ code: "not-found" });
});

const error = { key: "registry.fault.empty", values: { file: "a.csv" } } as const;

/** A registry that has been read by a run, which has not ended yet. */
async function scene() {
  const { ctx, asOfficer, registryId, apply } = await aRegistryThatLists(numbersInArea(818, 100));
  const { runId } = await startSync(asOfficer, registryId);
  const claimed = await claimRun(ctx, { runId, worker: "a" });
  if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
  const { claim } = claimed;
  const before = await loadSyncState(ctx, registryId);
  const end = (by: ServiceContext = ctx, more: object = {}) =>
    endSync(by, { registryId, before, claim, outcome: { lines: 3 }, error: null, ...more });
  const run = () => db.prisma.run.findFirstOrThrow({ where: { id: runId } });
  const change = (by: ServiceContext = asOfficer) =>
    changeRegistry(by, { registryId, source: { kind: "folder", path: "eu" } });
  return { ctx, asOfficer, registryId, runId, apply, end, run, change };
}

it("ends a run with a result or an error", async () => {
  const [good, bad] = [await scene(), await scene()];
  expect(await good.end()).toBe(true);
  expect(await good.run()).toMatchObject({ status: "done", outcome: { lines: 3 }, error: null });
  expect(await bad.end(bad.ctx, { error })).toBe(true);
  expect(await bad.run()).toMatchObject({ status: "failed", outcome: { lines: 3 }, error });
});

it.each([{ error: null }, { error }])(
  "goes on where a change was answered with the run, %j",
  async (how) => {
    const { ctx, runId, change, end, run } = await scene();
    expect(await change()).toMatchObject({ runId });
    expect(await end(ctx, how)).toBe(false);
    expect((await run()).status).toBe("running");
  },
);

it("continues once if a held edition was accepted", async () => {
  const { ctx, asOfficer, registryId, runId, apply, end } = await scene();
  const held = await apply(fullList(numbersInArea(818, 10)));
  if (held.outcome !== "held") throw new Error(held.outcome);
  const editionId = RegistryEditionId.parse(held.editionId);
  const settle = { registryId, editionId, verdict: "accepted", reason: "They told us" } as const;
  expect(await reviewEdition(asOfficer, settle)).toEqual({ runId });
  expect(await end()).toBe(false);
  expect(await end(ctx, { before: await loadSyncState(ctx, registryId) })).toBe(true);
});

it("makes a concurrent change wait and start another run", async () => {
  const { ctx, runId, end, change } = await scene();
  const work = async (ctx: ServiceContext) => {
    await end(ctx);
    const changed = change();
    await waitForLockWaiter();
    return { changed };
  };
  const { changed } = await inTransaction(ctx, work, { timeoutMs: 30_000 });
  const { runId: next } = await changed;
  expect(next).not.toBe(runId);
  expect(next).not.toBeNull();
});

it("leaves another worker's run alone", async () => {
  const { ctx, end, run, change } = await scene();
  await change();
  await db.prisma.run.updateMany({ where: { id: (await run()).id }, data: { worker: "b" } });
  expect(await end(ctx)).toBe(true);
  expect((await run()).status).toBe("running");
});

it("allows only the worker, and ends nothing of another organization", async () => {
  const [mine, other] = [await scene(), await scene()];
  await expect(mine.end(mine.asOfficer)).rejects.toMatchObject({ code: "forbidden" });
  await expect(mine.end(other.ctx)).rejects.toMatchObject({ code: "not-found" });
  expect((await mine.run()).status).toBe("running");
});
