import { expect, it } from "vitest";
import { aRun } from "../../../testing/runs.ts";
import { aContext } from "../../../testing/scenes.ts";
import { readRun } from "./list-runs.ts";

it("shows a run that waits", async () => {
  const ctx = await aContext();
  const { runId } = await aRun(ctx);
  expect(await readRun(ctx, runId)).toMatchObject({
    id: runId,
    job: "registry.sync",
    status: "queued",
    progress: null,
    startedAt: null,
  });
});

it("does not show a run of another organization", async () => {
  const { runId } = await aRun(await aContext());
  await expect(readRun(await aContext(), runId)).rejects.toMatchObject({ code: "not-found" });
});
