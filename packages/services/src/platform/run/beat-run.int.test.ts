import { expect, it } from "vitest";
import { aClaimedRun, aWorkersContext, silence } from "../../../testing/runs.ts";
import { beatRun, claimRun } from "./perform-run.ts";

const progress = { rows: 10, bytes: 120, totalBytes: 1_200 };

it("keeps a run, and shows how far it has come", async () => {
  const { ctx, runId, claim, shown } = await aClaimedRun();
  await silence(runId, 20);

  expect(await beatRun(ctx, { claim, progress })).toBe(true);

  await silence(runId, 20);
  expect(await claimRun(ctx, { runId, worker: "b" })).toEqual({ outcome: "taken" });
  expect((await shown()).progress).toEqual(progress);
});

it("tells a worker that its run was taken over", async () => {
  const { ctx, runId, claim, shown } = await aClaimedRun();
  await silence(runId, 31);
  await claimRun(ctx, { runId, worker: "b" });

  expect(await beatRun(ctx, { claim, progress })).toBe(false);
  expect((await shown()).progress).toBeNull();
});

it("tells it too when it took its own run over", async () => {
  const { ctx, runId, claim } = await aClaimedRun("a");
  await silence(runId, 31);
  await claimRun(ctx, { runId, worker: "a" });

  expect(await beatRun(ctx, { claim, progress })).toBe(false);
});

it("does not keep a run of another organization", async () => {
  const { claim } = await aClaimedRun();
  expect(await beatRun(await aWorkersContext(), { claim, progress })).toBe(false);
});
