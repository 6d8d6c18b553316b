import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, expect, it, onTestFinished } from "vitest";
import { removeData } from "./data-folder.ts";
import { findRunningUrls, startPostgres } from "./start-postgres.ts";

/** One folder for all tests, because it takes a second to fill it. Each leaves it as it was. */
const shared = mkdtempSync(path.join(tmpdir(), "ringfence-postgres-"));

afterAll(async () => {
  await removeData(shared);
  rmSync(shared, { recursive: true });
});

/** Starts a server, until the test ends. */
async function start(stateFolder = shared) {
  const postgres = await startPostgres({ stateFolder, isDurable: false });
  onTestFinished(() => postgres.stop());
  return postgres;
}

async function query(connectionString: string, sql: string) {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const inData = (file: string) => path.join(shared, "pg", file);
const readMode = (file: string) => statSync(path.join(shared, file)).mode & 0o777;

/** Replaces what a file holds until the test ends. */
function replaceUntilEnd(file: string, content: string) {
  const [before, { mode }] = [readFileSync(file), statSync(file)];
  writeFileSync(file, content);
  onTestFinished(() => writeFileSync(file, before, { mode }));
}

it("signs in whoever has the password, and nobody else", async () => {
  const postgres = await start();
  const url = postgres.urls("postgres").ownerUrl;
  expect(await query(url, "SHOW password_encryption")).toEqual([
    { password_encryption: "scram-sha-256" },
  ]);

  const guessed = url.replace(/:[^:@]+@/, ":guessed@");
  const without = url.replace(/:[^:@]+@/, "@");
  await expect(query(guessed, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  await expect(query(without, "SELECT 1")).rejects.toThrow(/password/);
  expect(readMode("postgres-password")).toBe(0o600);
  expect(readMode("pg")).toBe(0o700);
});

it("listens on no other address than 127.0.0.1", async () => {
  const { port } = await start();
  const knock = new Promise((resolve, reject) => {
    connect(port, "127.0.0.2").once("connect", resolve).once("error", reject);
  });
  await expect(knock).rejects.toThrow(/ECONNREFUSED/);
});

it("keeps data and password from start to start", async () => {
  const first = await start();
  await query(first.urls("postgres").ownerUrl, "CREATE TABLE kept ()");
  await first.stop();

  const second = await start();
  expect(await query(second.urls("postgres").ownerUrl, "SELECT * FROM kept")).toEqual([]);
});

it("stops the server that a killed start left behind, and goes on with its data", async () => {
  const leftover = await start();
  await query(leftover.urls("postgres").ownerUrl, "CREATE TABLE left_behind ()");
  expect(findRunningUrls(shared, "postgres")).toEqual(leftover.urls("postgres"));

  const next = await start();
  expect(await leftover.exited).toContain("database system is shut down");
  expect(await query(next.urls("postgres").ownerUrl, "SELECT * FROM left_behind")).toEqual([]);
});

it("leaves a program alone that has the number of a server which is gone", async () => {
  const first = await start();
  await first.stop();
  writeFileSync(
    inData("postmaster.pid"),
    `${process.pid}\n${realpathSync(inData("."))}\n0\n5432\n`,
  );

  expect(findRunningUrls(shared, "postgres")).toBeNull();
  await expect(start()).resolves.toMatchObject({ port: expect.any(Number) });
});

it("does not touch the data of another version", async () => {
  const first = await start();
  await first.stop();
  replaceUntilEnd(inData("PG_VERSION"), "17\n");
  await expect(start()).rejects.toThrow(
    /holds data of PostgreSQL 17, and this Ringfence brings 18/,
  );
});

it("says which password is missing, and makes no new one", async () => {
  const first = await start();
  await first.stop();
  const password = path.join(shared, "postgres-password");
  replaceUntilEnd(password, "");
  rmSync(password);
  await expect(start()).rejects.toThrow(/postgres-password is gone/);
});

it.runIf(process.getuid?.() === 0)("runs under root below a private folder", async () => {
  const home = mkdtempSync(path.join(tmpdir(), "ringfence-postgres-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  chmodSync(home, 0o700);
  const stateFolder = path.join(home, "clone/.ringfence");
  mkdirSync(stateFolder, { recursive: true });

  const { urls, stop } = await start(stateFolder);
  const place = realpathSync(path.join(stateFolder, "pg"));
  expect(place).not.toContain(home);
  expect(statSync(place).mode & 0o777).toBe(0o700);
  expect(await query(urls("postgres").ownerUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);

  await stop();
  await removeData(stateFolder);
  expect(() => statSync(path.dirname(place))).toThrow(/ENOENT/);
});
