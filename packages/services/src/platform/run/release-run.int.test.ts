import { expect, it } from "vitest";
import { aClaimedRun, aWorkersContext } from "../../../testing/runs.ts";
import { claimRun, releaseRun } from "./perform-run.ts";

const reason = { key: "run.stopped" } as const;

it("lets another worker have a run at once, and says why it waits", async () => {
  const { ctx, runId, claim, shown } = await aClaimedRun();

  expect(await releaseRun(ctx, { claim, reason })).toBe(true);

  expect(await shown()).toMatchObject({ status: "queued", error: { key: "run.stopped" } });
  expect(await claimRun(ctx, { runId, worker: "b" })).toMatchObject({ outcome: "claimed" });
  expect((await shown()).error).toBeNull();
});

it("does not release a run of another organization", async () => {
  const { claim, shown } = await aClaimedRun();
  expect(await releaseRun(await aWorkersContext(), { claim, reason })).toBe(false);
  expect((await shown()).status).toBe("running");
});
