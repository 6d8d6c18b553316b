import { randomUUID } from "node:crypto";
import { ListRuns } from "@ringfence/core/platform/run";
import { expect, it } from "vitest";
import { aRun } from "../../../testing/runs.ts";
import { aContext } from "../../../testing/scenes.ts";
import { listRuns, readRun } from "./list-runs.ts";

const asked = (input: object) => ListRuns.parse(input);

it("lists runs page after page, the latest first", async () => {
  const ctx = await aContext();
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) ids.push((await aRun(ctx)).runId);

  const first = await listRuns(ctx, asked({ limit: 2 }));
  const second = await listRuns(ctx, asked({ limit: 2, after: first.next }));

  expect([...first.runs, ...second.runs].map(({ id }) => id)).toEqual(ids.toReversed());
  expect(second.next).toBeNull();
});

it("lists those that work on one thing", async () => {
  const ctx = await aContext();
  const subjectId = randomUUID();
  const { runId } = await aRun(ctx, subjectId);
  await aRun(ctx);

  const { runs } = await listRuns(ctx, asked({ subjectId, job: "registry.sync" }));
  expect(runs.map(({ id }) => id)).toEqual([runId]);
  expect((await listRuns(ctx, asked({ job: "scrub.run" }))).runs).toEqual([]);
});

it("lists none of another organization", async () => {
  await aRun(await aContext());
  expect((await listRuns(await aContext(), asked({}))).runs).toEqual([]);
});

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
