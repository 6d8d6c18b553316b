import { openDb } from "@ringfence/db";
import { aDatabase } from "@ringfence/db/testing";
import getPort from "get-port";
import { expect, it, onTestFinished, vi } from "vitest";
import { aConnectedRegistry, fullList } from "../testing/registry.ts";
import { serve } from "../testing/serve.ts";
import { aWorkerProcess } from "../testing/worker-process.ts";

const token = "a-token-of-some-length";
const within = { timeout: 30_000, interval: 50 };

/** A worker with a registry that it reads, and a way to ask it. */
async function scene() {
  const databaseUrl = await aDatabase();
  const db = openDb(databaseUrl);
  onTestFinished(() => db.close());
  const { url, host } = await serve((_, response) => response.end(fullList(3)));
  const registry = await aConnectedRegistry(db, url);
  const port = await getPort();
  const worker = await aWorkerProcess({
    databaseUrl,
    privateHosts: `${registry.organizationId}=${host}`,
    more: { WORKER_PORT: String(port), METRICS_TOKEN: token },
  });
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  const readMetrics = async () =>
    (await ask("/metrics", { authorization: `Bearer ${token}` })).text;
  await vi.waitFor(async () => expect((await registry.shownRun()).status).toBe("done"), within);
  return { db, registry, worker, ask, readMetrics };
}

it("says that it runs, what its jobs took, and how old what it relies on is", async () => {
  const { db, registry, ask, readMetrics } = await scene();
  expect(await ask("/healthz")).toEqual({ status: 200, text: '{"status":"ok"}' });
  expect((await ask("/readyz")).status).toBe(200);
  expect((await ask("/metrics")).status).toBe(404);
  expect((await ask("/metrics", { authorization: "Bearer another-token-so-long" })).status).toBe(
    404,
  );
  expect((await ask("/anything")).status).toBe(404);

  const { code } = await db.prisma.registry.findFirstOrThrow({
    where: { id: registry.registryId },
  });
  await db.prisma.registry.update({
    where: {
      organizationId_id: { organizationId: registry.organizationId, id: registry.registryId },
    },
    data: { verifiedAt: new Date(Date.now() - 3 * 86_400_000) },
  });
  await db.pool.query(
    `SELECT graphile_worker.add_job('nobody-does-this', '{}', run_at := now() - interval '90 seconds')`,
  );
  const text = await vi.waitFor(async () => {
    const text = await readMetrics();
    // The run is done a moment before its job.
    expect(text).toMatch(
      /ringfence_job_duration_seconds_count\{job="registry\.sync",outcome="done"\} 1/,
    );
    return text;
  }, within);
  expect(text).toMatch(
    new RegExp(`ringfence_registry_age_seconds\\{registry="${code}"\\} 2592\\d\\d`),
  );
  expect(text).toMatch(/ringfence_jobs_waiting\{job="nobody-does-this"\} 1/);
  expect(text).toMatch(/ringfence_jobs_oldest_seconds\{job="nobody-does-this"\} 9\d/);
  expect(text).toMatch(/ringfence_ledger_unsequenced_seconds \d/);
  expect(text).not.toContain(registry.organizationId);
});

it("counts a registry that was never read as infinitely old, and a job that was given up", async () => {
  const { db, registry, readMetrics } = await scene();
  await db.prisma.registry.updateMany({
    where: { organizationId: registry.organizationId },
    data: { verifiedAt: null },
  });
  await db.pool.query(
    `SELECT graphile_worker.add_job('nobody-does-this', '{}', max_attempts := 1)`,
  );
  await db.pool.query(
    "UPDATE graphile_worker._private_jobs SET attempts = 1, run_at = now() WHERE max_attempts = 1",
  );
  const text = await readMetrics();
  expect(text).toMatch(/ringfence_registry_age_seconds\{registry="[^"]+"\} \+?Inf/);
  expect(text).toMatch(/ringfence_jobs_given_up\{job="nobody-does-this"\} 1/);
  expect(text).toMatch(/ringfence_jobs_waiting\{job="nobody-does-this"\} 0/);
});
