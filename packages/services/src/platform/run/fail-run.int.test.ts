import { expect, it } from "vitest";
import { aClaimedRun, aWorkersContext } from "../../../testing/runs.ts";
import { claimRun, failRun } from "./perform-run.ts";

const error = { key: "registry.fault.empty", values: { file: "a.csv" } } as const;

it("ends a run and says why", async () => {
  const { ctx, runId, claim, shown } = await aClaimedRun();

  expect(await failRun(ctx, { claim, error, outcome: { lines: 7 } })).toBe(true);

  expect(await shown()).toMatchObject({ status: "failed", error, outcome: { lines: 7 } });
  expect(await claimRun(ctx, { runId, worker: "b" })).toEqual({ outcome: "over" });
});

it("does not end a run of another organization", async () => {
  const { claim, shown } = await aClaimedRun();
  expect(await failRun(await aWorkersContext(), { claim, error })).toBe(false);
  expect((await shown()).status).toBe("running");
});
