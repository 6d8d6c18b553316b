import { aDatabase, asOwner, anOrganization, openTestDb } from "@ringfence/db/testing";
import { sql } from "kysely";
import { expect, it, onTestFinished } from "vitest";
import { openDb } from "./client.ts";

const db = await openTestDb();

it("reads an instant as it was written, whatever the zone of the server", async () => {
  const at = new Date("2026-03-01T12:00:00.123Z");
  const organizationId = await anOrganization(db);
  await db.prisma.contact.create({ data: { organizationId, createdAt: at, updatedAt: at } });

  const [raw] = await db.prisma.$queryRaw<[{ at: Date }]>`SELECT ${at}::timestamptz AS at`;
  const viaPool = await db.pool.query<{ createdAt: Date }>(
    'SELECT created_at AS "createdAt" FROM contact',
  );
  expect(raw.at).toEqual(at);
  expect(await db.prisma.contact.findFirstOrThrow()).toMatchObject({ createdAt: at });
  expect(viaPool.rows).toEqual([{ createdAt: at }]);
});

it("sends one query of a transaction after the other, however many are asked at once", async () => {
  const { waiting, answers } = await db.prisma.$transaction(async (transaction) => {
    const connection = await transaction.$connection();
    const asked = ["1", "1 / 0", "3"].map((value) => connection.query(`SELECT ${value} AS value`));
    await asked[0];
    // If all had been sent at once, the third would still be in the queue of `pg`, which warns of it.
    const waiting: unknown = Reflect.get(connection, "_queryQueue");
    return { waiting: String(waiting), answers: await Promise.allSettled(asked) };
  });
  expect(waiting).toBe("");
  expect(answers).toMatchObject([
    { value: { rows: [{ value: 1 }] } },
    { reason: { code: "22012" } },
    { reason: { code: "25P02" } }, // sent after the fault
  ]);
});

it("has no statement compiled", async () => {
  const jit = "SELECT current_setting('jit') AS jit";
  const [viaPrisma] = await db.prisma.$queryRawUnsafe<[{ jit: string }]>(jit);
  const viaPool = await db.pool.query<{ jit: string }>(jit);
  expect([viaPrisma, ...viaPool.rows]).toEqual([{ jit: "off" }, { jit: "off" }]);
});

it("survives the loss of a connection that nobody uses", async () => {
  const fresh = openDb(await aDatabase());
  const idle = await fresh.pool.connect();
  const { rows } = await idle.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  idle.release();
  await asOwner(db, (owner) =>
    owner.query("SELECT pg_terminate_backend($1, 5000)", [rows[0]?.pid]),
  );

  expect((await fresh.pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await fresh.close();
});

it("keeps Kysely within its own transaction, however many are open", async () => {
  const pids = await Promise.all(
    Array.from({ length: 6 }, () =>
      db.prisma.$transaction(async (transaction) => {
        const seen = new Set<number>();
        for (let turn = 0; turn < 5; turn++) {
          const [own] = await transaction.$queryRaw<
            [{ pid: number }]
          >`SELECT pg_backend_pid() AS pid`;
          const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(
            transaction.$kysely,
          );
          seen.add(own.pid).add(Number(rows[0]?.pid));
        }
        return [...seen];
      }),
    ),
  );
  expect(pids.map((seen) => seen.length)).toEqual(pids.map(() => 1));
  expect(new Set(pids.flat()).size).toBeGreaterThan(1);
});

it("gives a transaction its own connection, and nobody else one", async () => {
  const pids = await Promise.all([pidsSeen(), pidsSeen(), pidsSeen()]);
  expect(pids.map(([pid, same]) => pid === same)).toEqual([true, true, true]);
  expect(() => db.prisma.$connection()).toThrow("Only a transaction");
});

/** Returns the server process of a transaction, as seen by Prisma and by the transaction's connection. */
const pidsSeen = async () =>
  db.prisma.$transaction(async (transaction) => {
    const [own] = await transaction.$queryRaw<[{ pid: number }]>`SELECT pg_backend_pid() AS pid`;
    const connection = await transaction.$connection();
    const { rows } = await connection.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    return [own.pid, rows[0]?.pid];
  });

it("opens no more connections of a pool than its size", async () => {
  const db = openDb(await aDatabase(), undefined, { poolSize: 2 });
  onTestFinished(() => db.close());
  const pids = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const { rows } = await db.pool.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      return rows[0]?.pid;
    }),
  );
  expect(new Set(pids).size).toBeLessThanOrEqual(2);
  expect(db.pool.totalCount).toBeLessThanOrEqual(2);
});
