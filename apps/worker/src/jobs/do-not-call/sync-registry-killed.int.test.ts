import { locateNumber } from "@ringfence/core/do-not-call/registry";
import { type Db, openDb } from "@ringfence/db";
import { aDatabase } from "@ringfence/db/testing";
import { readRun } from "@ringfence/services/platform/run";
import { expect, it, onTestFinished, vi } from "vitest";
import { blockWriters } from "../../../testing/block-writers.ts";
import { aServerToKill } from "../../../testing/killed-server.ts";
import { aConnectedRegistry, fullList } from "../../../testing/registry.ts";
import { serve } from "../../../testing/serve.ts";
import { silenceRun } from "../../../testing/silence-run.ts";
import { aWorkerProcess } from "../../../testing/worker-process.ts";

const server = await aServerToKill();

const within = { timeout: 60_000, interval: 50 };

/** The tables before whose first write the sync is stopped. */
const points = {
  "before a block is written": "registry_block",
  "when its blocks are written, and what they changed is not": "registry_change",
  "when all is written but its edition": "registry_edition",
  "when its statement is on the ledger, and nobody is told": "delivery",
};

const oldList = fullList(100);
const newList = oldList.split("\n").slice(1).join("\n") + fullList(100).replaceAll(",555", ",777");
const [oldNumber, newNumber] = [locateNumber(1_818_555_0000), locateNumber(1_818_777_0000)];
const [old, fresh] = [
  { edition: 1, hasOld: true, hasNew: false },
  { edition: 2, hasOld: false, hasNew: true },
];

/**
 * A registry whose second edition a worker is about to write, with readers who watch throughout.
 */
async function scene(databaseUrl: string, db: Db, table: string) {
  const publisher = { list: oldList };
  const { url, host } = await serve((_, response) => response.end(publisher.list));
  const registry = await aConnectedRegistry(db, url);
  const worker = () =>
    aWorkerProcess({ databaseUrl, privateHosts: `${registry.organizationId}=${host}` });
  const first = await worker();
  await vi.waitFor(async () => expect((await registry.shownRun()).status).toBe("done"), within);

  const read = () => readEdition(db, registry.registryId);
  const readers = await keepReading(read);
  publisher.list = newList;
  const held = await blockWriters(db, table);
  const { runId } = await registry.again();
  await held.waited();
  expect(await read()).toEqual(old);
  const becomesDone = async (as: { attempt?: number } = {}) => {
    await silenceRun(db, runId);
    await vi.waitFor(async () => {
      expect(await readRun(registry.ctx, runId)).toMatchObject({
        status: "done",
        ...as,
        outcome: { outcome: "applied", added: 100, removed: 1 },
      });
    }, within);
    expect(await read()).toEqual(fresh);
    expect(await readers.stop()).toEqual([JSON.stringify(old), JSON.stringify(fresh)]);
    const { registryId } = registry;
    expect(await db.prisma.registryEdition.count({ where: { registryId } })).toBe(2);
  };
  return { worker, first, held, becomesDone };
}

/** Reads the edition and its numbers in one statement, so that they belong together. */
async function readEdition({ pool }: Db, registryId: string) {
  const listed = "registry_listed_in(organization_id, id, edition";
  const { rows } = await pool.query(
    `SELECT edition, ${listed}, $2, $3) AS "hasOld", ${listed}, $4, $5) AS "hasNew"
     FROM registry WHERE id = $1`,
    [registryId, oldNumber.block, oldNumber.line, newNumber.block, newNumber.line],
  );
  return rows[0];
}

/**
 * Reads up to two hundred times a second and gathers everything seen; nothing while the server is away. The
 * state before it returns and the state at the end are certain to be seen.
 */
async function keepReading(read: () => Promise<unknown>) {
  const seen = new Set<string>();
  const look = () =>
    read().then(
      (state) => seen.add(JSON.stringify(state)),
      () => null,
    );
  await look();
  let reading: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    reading ??= look().finally(() => (reading = null));
  }, 5);
  const stop = async () => {
    clearInterval(timer);
    await reading;
    await look();
    return [...seen].toSorted();
  };
  onTestFinished(async () => void (await stop()));
  return { stop };
}

it.each(Object.entries(points))(
  "shows the old edition or the new one when a worker is killed %s",
  { timeout: 90_000 },
  async (_, table) => {
    const databaseUrl = await aDatabase();
    const db = openDb(databaseUrl);
    onTestFinished(() => db.close());
    const { worker, first, held, becomesDone } = await scene(databaseUrl, db, table);
    first.signal("SIGKILL");
    await first.exited;
    held.release();
    await worker();
    await expect(becomesDone({ attempt: 2 })).resolves.toBeUndefined();
  },
);

it.each(Object.entries(points).filter(([, table]) => /block|change|delivery/.test(table)))(
  "shows the old edition or the new one when PostgreSQL is killed %s",
  { timeout: 90_000 },
  async (_, table) => {
    const { held, becomesDone } = await scene(server.databaseUrl, server.db, table);
    await server.kill();
    held.release();
    // The worker survives its database, so it finishes the run; it may meet broken connections
    // twice.
    await expect(becomesDone()).resolves.toBeUndefined();
  },
);
