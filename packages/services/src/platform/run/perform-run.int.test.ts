import { expect, it } from "vitest";
import { aClaimedRun, aRun, aWorkersContext, silence } from "../../../testing/runs.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { type ServiceContext, inTransaction } from "../context.ts";
import {
  assertClaim,
  sendHeartbeat,
  claimRun,
  failRun,
  finishRun,
  releaseRun,
} from "./perform-run.ts";

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

it("does not count an attempt that ended because the worker was asked to stop", async () => {
  const { ctx, claim } = await scene();
  const reason = { key: "run.stopped" } as const;
  const tries: number[] = [];
  for (const isStop of [...Array<boolean>(12).fill(true), false, true]) {
    const claimed = await claim("a");
    if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
    tries.push(claimed.tries);
    await releaseRun(ctx, { claim: claimed.claim, reason, isStop });
  }
  expect(tries).toEqual([...Array<number>(13).fill(1), 2]);
});

it("gives a run to its own job only", async () => {
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

const progress = { rows: 10, bytes: 120, totalBytes: 1_200 };

it("keeps a run, and shows how far it has come", async () => {
  const { ctx, runId, claim, shown } = await aClaimedRun();
  await silence(runId, 20);

  expect(await sendHeartbeat(ctx, { claim, progress })).toBe(true);

  await silence(runId, 20);
  expect(await claimRun(ctx, { runId, worker: "b" })).toEqual({ outcome: "taken" });
  expect((await shown()).progress).toEqual(progress);
});

it("tells a worker that its run was taken over", async () => {
  const { ctx, runId, claim, shown } = await aClaimedRun();
  await silence(runId, 31);
  await claimRun(ctx, { runId, worker: "b" });

  expect(await sendHeartbeat(ctx, { claim, progress })).toBe(false);
  expect((await shown()).progress).toBeNull();
});

it("notices even that it took over its own run", async () => {
  const { ctx, runId, claim } = await aClaimedRun("a");
  await silence(runId, 31);
  await claimRun(ctx, { runId, worker: "a" });

  expect(await sendHeartbeat(ctx, { claim, progress })).toBe(false);
});

it("does not keep a run of another organization", async () => {
  const { claim } = await aClaimedRun();
  expect(await sendHeartbeat(await aWorkersContext(), { claim, progress })).toBe(false);
});

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

const reason = { key: "run.stopped" } as const;

it("lets another worker have a run at once, and says why it waits", async () => {
  const { ctx, runId, claim, shown } = await aClaimedRun();

  expect(await releaseRun(ctx, { claim, reason, isStop: false })).toBe(true);

  expect(await shown()).toMatchObject({ status: "queued", error: { key: "run.stopped" } });
  expect(await claimRun(ctx, { runId, worker: "b" })).toMatchObject({ outcome: "claimed" });
  expect((await shown()).error).toBeNull();
});

it("does not release a run of another organization", async () => {
  const { claim, shown } = await aClaimedRun();
  expect(await releaseRun(await aWorkersContext(), { claim, reason, isStop: false })).toBe(false);
  expect((await shown()).status).toBe("running");
});

it("does not count a run with long work as silent", async () => {
  const { ctx, runId, claim } = await aClaimedRun();
  await inTransaction(ctx, (began) =>
    assertClaim({ ...began, now: new Date(began.now.getTime() - 60_000) }, claim),
  );
  expect(await claimRun(ctx, { runId, worker: "b" })).toEqual({ outcome: "taken" });
});

it("takes back what was done for a run that another has", async () => {
  const { ctx, runId, claim } = await aClaimedRun();
  await silence(runId, 31);
  await claimRun(ctx, { runId, worker: "b" });
  await expect(inTransaction(ctx, (ctx) => assertClaim(ctx, claim))).rejects.toMatchObject({
    explanation: { key: "run.canceled" },
  });
});
