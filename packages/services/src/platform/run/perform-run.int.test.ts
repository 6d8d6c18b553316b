import { expect, it } from "vitest";
import { aRun, aWorkersContext, silence } from "../../../testing/runs.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { type ServiceContext, inTransaction } from "../context.ts";
import { claimRun } from "./perform-run.ts";

async function scene() {
  const ctx = await aWorkersContext();
  const { runId } = await aRun(ctx);
  const claim = (worker: string, by: ServiceContext = ctx) => claimRun(by, { runId, worker });
  return { ctx, runId, claim };
}

it("gives a run to one worker of several that ask at once", async () => {
  const { claim } = await scene();
  const outcomes = await Promise.all(["a", "b", "c", "d"].map((worker) => claim(worker)));
  expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
    "claimed",
    "taken",
    "taken",
    "taken",
  ]);
});

it("leaves a run to its worker for 30 s of silence, and then gives it to another", async () => {
  const { runId, claim } = await scene();
  await claim("a");
  await silence(runId, 15);
  expect(await claim("b")).toEqual({ outcome: "taken" });
  await silence(runId, 16);
  expect(await claim("b")).toMatchObject({
    outcome: "claimed",
    claim: { worker: "b", attempt: 2 },
  });
  expect(await claim("a")).toEqual({ outcome: "taken" });
});

it("gives up on a run whose workers are killed again and again", async () => {
  const { ctx, runId, claim } = await scene();
  for (let attempt = 1; attempt <= 10; attempt++) {
    expect(await claim("a")).toMatchObject({ outcome: "claimed", claim: { attempt } });
    await silence(runId, 31);
  }
  const outcome = await inTransaction(ctx, (began) =>
    claim("a", { ...began, now: new Date(began.now.getTime() - 1) }),
  );
  expect(outcome).toEqual({ outcome: "over" });
  const run = await db.prisma.run.findFirstOrThrow({ where: { id: runId } });
  expect(run).toMatchObject({ status: "failed", error: { key: "run.gave-up" } });
  expect(run.endedAt?.getTime()).toBeGreaterThanOrEqual(run.startedAt?.getTime() ?? Infinity);
});

it("gives a run to none but its job", async () => {
  const { ctx, runId } = await scene();
  const scrub = { ...ctx, actor: { type: "job", name: "scrub.run" } } as const;
  const member = await aContext();
  expect(await claimRun(scrub, { runId, worker: "a" })).toEqual({ outcome: "taken" });
  await expect(claimRun(member, { runId, worker: "a" })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("does not see a run of another organization", async () => {
  const { runId } = await scene();
  expect(await claimRun(await aWorkersContext(), { runId, worker: "a" })).toEqual({
    outcome: "over",
  });
});
