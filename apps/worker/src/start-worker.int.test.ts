import { existsSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { openDb } from "@ringfence/db";
import { aDatabase } from "@ringfence/db/testing";
import { afterAll, expect, it, vi } from "vitest";
import { aConnectedRegistry, fullList } from "../testing/registry.ts";
import { serve } from "../testing/serve.ts";
import { silenceRun } from "../testing/silence-run.ts";
import { aWorkerProcess } from "../testing/worker-process.ts";

const databaseUrl = await aDatabase();
const db = openDb(databaseUrl);
afterAll(() => db.close());

const within = { timeout: 30_000, interval: 50 };

/** A run on which a worker process is busy: the publisher's first answer never ends. */
async function scene() {
  const answers: ServerResponse[] = [];
  const { url, host, asked } = await serve((_, response) => {
    if (answers.push(response) > 1) response.end(fullList(3));
    else response.write(fullList(1));
  });
  const registry = await aConnectedRegistry(db, url);
  const worker = () =>
    aWorkerProcess({ databaseUrl, privateHosts: `${registry.organizationId}=${host}` });
  const first = await worker();
  await vi.waitFor(async () => {
    expect(asked).toHaveLength(1);
    expect((await registry.shownRun()).status).toBe("running");
  }, within);
  const silence = () => silenceRun(db, registry.runId);
  const isDone = () =>
    vi.waitFor(async () => expect((await registry.shownRun()).status).toBe("done"), within);
  return { ...registry, answers, worker, first, silence, isDone };
}

it("continues on another worker after a kill", { timeout: 60_000 }, async () => {
  const { worker, first, silence, isDone, shownRun, row } = await scene();
  await worker();
  first.signal("SIGKILL");
  await first.exited;
  await silence();

  await isDone();

  expect(await shownRun()).toMatchObject({ attempt: 2, outcome: { outcome: "applied" } });
  expect(await row()).toMatchObject({ edition: 1, listed: 3n });
});

it(
  "continues on another worker at once when one is asked to stop",
  { timeout: 60_000 },
  async () => {
    const { worker, first, isDone, shownRun, row } = await scene();
    await worker();

    first.signal("SIGTERM");

    expect(await first.exited).toBe(0);
    await isDone();
    expect(await shownRun()).toMatchObject({ attempt: 2, outcome: { outcome: "applied" } });
    expect(await row()).toMatchObject({ edition: 1, listed: 3n });
  },
);

it("does no harm when it returns to a run that was taken over", { timeout: 60_000 }, async () => {
  const { worker, first, silence, isDone, answers, shownRun, row } = await scene();
  await worker();
  first.signalAll("SIGSTOP");
  await silence();
  await isDone();
  const ended = await shownRun();

  first.signalAll("SIGCONT");
  answers[0]?.end(fullList(3));
  first.signal("SIGTERM");

  expect(await first.exited).toBe(0);
  expect(await shownRun()).toEqual(ended);
  expect(await row()).toMatchObject({ edition: 1, listed: 3n });
});

it(
  "starts the process of long jobs again, and goes on with them",
  { timeout: 60_000 },
  async () => {
    const { first, silence, isDone, answers, shownRun } = await scene();
    const longJobs = first.findLongJobs();
    expect(longJobs).not.toBeNull();

    process.kill(longJobs ?? 0, "SIGKILL");
    answers[0]?.end();
    await vi.waitFor(() => expect(first.findLongJobs()).not.toBe(longJobs), within);
    await silence();

    await isDone();
    expect(await shownRun()).toMatchObject({ attempt: 2, outcome: { outcome: "applied" } });
  },
);

it("leaves no process of long jobs behind when it is killed", { timeout: 60_000 }, async () => {
  const { first } = await scene();
  const longJobs = first.findLongJobs();
  expect(longJobs).not.toBeNull();

  first.signal("SIGKILL");
  await first.exited;

  await vi.waitFor(() => expect(existsSync(`/proc/${longJobs}`)).toBe(false), within);
});
