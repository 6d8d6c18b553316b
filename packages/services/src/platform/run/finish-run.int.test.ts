import { expect, it } from "vitest";
import { aClaimedRun, aWorkersContext, silence } from "../../../testing/runs.ts";
import { claimRun, finishRun } from "./perform-run.ts";

const outcome = { outcome: "applied", added: 3 };

it("ends a run with its outcome, once", async () => {
  const { ctx, runId, claim, shown } = await aClaimedRun();

  expect(await finishRun(ctx, { claim, outcome })).toBe(true);

  expect(await shown()).toMatchObject({ status: "done", outcome, error: null });
  expect((await shown()).endedAt).not.toBeNull();
  expect(await finishRun(ctx, { claim, outcome: {} })).toBe(false);
  expect(await claimRun(ctx, { runId, worker: "b" })).toEqual({ outcome: "over" });
});

it("leaves the end to the worker that took the run over", async () => {
  const { ctx, runId, claim, shown } = await aClaimedRun();
  await silence(runId, 31);
  await claimRun(ctx, { runId, worker: "b" });

  expect(await finishRun(ctx, { claim, outcome })).toBe(false);
  expect(await shown()).toMatchObject({ status: "running", attempt: 2 });
});

it("does not end a run of another organization", async () => {
  const { claim, shown } = await aClaimedRun();
  expect(await finishRun(await aWorkersContext(), { claim, outcome })).toBe(false);
  expect((await shown()).status).toBe("running");
});
