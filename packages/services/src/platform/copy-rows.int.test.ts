import { pbkdf2Sync } from "node:crypto";
import { asOwner } from "@ringfence/db/testing";
import { expect, it, onTestFinished } from "vitest";
import { db } from "../../testing/scenes.ts";
import { readByteString, copyRows, readInstant, readInteger, isNull } from "./copy-rows.ts";

async function scene() {
  const client = await db.pool.connect();
  let isBroken = false;
  onTestFinished(() => client.release(isBroken));
  const readLengths = async (query: string) => {
    const rows: [number, number][] = [];
    await copyRows(client, query, 2, (some) => {
      for (let row = 0; row < some.count; row++) {
        const text = readByteString(some, row, 1);
        expect(text).toBe("x".repeat(text.length));
        rows.push([readInteger(some, row, 0), isNull(some, row, 1) ? -1 : text.length]);
      }
    });
    return rows;
  };
  const isUsable = async () => (await client.query("SELECT 7 AS n")).rows[0].n === 7;
  return { client, readLengths, isUsable, breaks: () => (isBroken = true) };
}

/** Rows that end anywhere in a chunk of the connection, and many that are longer than one. */
const ofLengths = (lengths: string) =>
  `SELECT n, repeat('x', ${lengths}) FROM generate_series(1, 400) n`;

it.each([
  ["short rows", "n % 3"],
  ["long rows", "n * 331"],
  ["both, and nulls", "nullif(n % 7, 3) * (1 + n % 5 * 20011)"],
])("tells every row, wherever it is cut: %s", async (_, lengths) => {
  const { client, readLengths, isUsable } = await scene();
  const { rows } = await client.query(`SELECT n, coalesce(${lengths}, -1) AS length
    FROM generate_series(1, 400) n`);
  expect(await readLengths(ofLengths(lengths))).toEqual(rows.map(({ n, length }) => [n, length]));
  expect(await isUsable()).toBe(true);
});

it("returns an empty summary if there are no rows", async () => {
  const { readLengths, isUsable } = await scene();
  expect(await readLengths("SELECT 1, 'x' WHERE false")).toEqual([]);
  expect(await isUsable()).toBe(true);
});

it("fails with what the database says in the middle, and the connection goes on", async () => {
  const { readLengths, isUsable } = await scene();
  await expect(
    readLengths("SELECT n, repeat('x', 1 / (9000 - n)) FROM generate_series(1, 10000) n"),
  ).rejects.toThrow("division by zero");
  expect(await isUsable()).toBe(true);
  await expect(readLengths("SELECT nonsense")).rejects.toThrow("nonsense");
  expect(await isUsable()).toBe(true);
});

it("lets other work have its turn in between, however slowly the rows are read", async () => {
  const { client } = await scene();
  let isReading = true;
  let turn = 0;
  const countTurns = () => {
    turn++;
    if (isReading) setImmediate(countTurns);
  };
  countTurns();
  const bytesOfTurns = new Map<number, number>();

  await copyRows(
    client,
    "SELECT n, repeat('x', 1000) FROM generate_series(1, 20000) n",
    2,
    (some) => {
      let bytes = 0;
      for (let row = 0; row < some.count; row++) bytes += readByteString(some, row, 1).length;
      bytesOfTurns.set(turn, (bytesOfTurns.get(turn) ?? 0) + bytes);
      // Slower than PostgreSQL sends, so that bytes wait at the connection.
      pbkdf2Sync("password", "salt", 2_000, 32, "sha256");
    },
  );
  isReading = false;

  const counts = [...bytesOfTurns.values()];
  expect(counts.reduce((sum, bytes) => sum + bytes, 0)).toBe(20_000_000);
  expect(Math.max(...counts)).toBeLessThan(200_000);
});

it("fails with whoever reads, and with a connection that breaks", async () => {
  const { client, breaks } = await scene();
  breaks();
  await expect(
    copyRows(client, ofLengths("n"), 2, () => {
      throw new Error("not so");
    }),
  ).rejects.toThrow("not so");

  const other = await scene();
  other.breaks();
  const { rows } = await other.client.query("SELECT pg_backend_pid() AS pid");
  other.client.on("error", () => {}); // that it ends is no news
  const holder = await scene();
  holder.breaks(); // so that it gives the lock back
  await holder.client.query("SELECT pg_advisory_lock($1)", [rows[0].pid]);
  const query = "SELECT 1, pg_advisory_lock(pg_backend_pid())::text";
  const said = other.readLengths(query).catch(String);
  await asOwner(db, (owner) => owner.query("SELECT pg_terminate_backend($1)", [rows[0].pid]));
  expect(await said).toMatch(/terminat/);
});

it("reads instants to the millisecond, even before 2000", async () => {
  const { client } = await scene();
  const found: number[] = [];
  const query = `SELECT 1, at::timestamptz FROM unnest('{1999-12-31 23:59:59.9999Z,2026-11-26 12:00:00.123456Z,NULL}'::timestamptz[]) at`;
  await copyRows(client, query, 2, (rows) => {
    for (let row = 0; row < rows.count; row++) found.push(readInstant(rows, row, 1));
  });
  expect(found).toEqual([Date.UTC(2000, 0) - 1, Date.UTC(2026, 10, 26, 12, 0, 0, 123), Number.NaN]);
});
