// PgBouncer with transaction pools gives each transaction another connection of the server. Its package is installed by
// .ci/run; where it is missing, these tests are left out.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { anOrganization, aFolder, aPhone, openTestDb } from "@ringfence/db/testing";
import getPort from "get-port";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Db, openDb } from "./client.ts";

const program = "/usr/sbin/pgbouncer";
const isInstalled = spawnSync(program, ["--version"]).status === 0;

const direct = await openTestDb();
const pids = "SELECT pg_backend_pid() AS pid";

describe.skipIf(!isInstalled)("behind PgBouncer", () => {
  let db: Db;

  beforeAll(async () => {
    const port = await startPgBouncer();
    db = openDb(through(direct.url, port), through(direct.acrossUrl, port));
  });
  afterAll(async () => db.close());

  it("reads instants in UTC, and repeats a prepared statement on any connection", async () => {
    const statement = { name: "zone", text: "SELECT current_setting('TimeZone') AS zone" };
    const asked = Array.from({ length: 20 }, () => db.pool.query<{ zone: string }>(statement));
    const zones = (await Promise.all(asked)).map(({ rows }) => rows[0]?.zone);
    expect(new Set(zones)).toEqual(new Set(["UTC"]));
  });

  it("gives a transaction its own connection, for COPY", async () => {
    const seen = await db.prisma.$transaction(async (transaction) => {
      const [own] = await transaction.$queryRawUnsafe<[{ pid: number }]>(pids);
      const connection = await transaction.$connection();
      const { rows } = await connection.query<{ pid: number }>(pids);
      return [own.pid, rows[0]?.pid];
    });
    expect(seen[0]).toBe(seen[1]);
  });

  it("shows the rows of an organization to its transaction alone, though others share the connection", async () => {
    const [ours, theirs] = [await anOrganization(direct), await anOrganization(direct)];
    for (const organizationId of [ours, theirs]) await aPhone(direct, organizationId);
    const { rows } = await direct.pool.query<{ token: string }>("SELECT scope.token($1) AS token", [
      ours,
    ]);
    const read = (token: string | null) =>
      db.scoped.$transaction(async (transaction) => {
        if (token !== null)
          await transaction.$queryRaw`SELECT set_config('ringfence.scope', ${token}, true)`;
        const phones = await transaction.phone.findMany();
        return new Set(phones.map(({ organizationId }) => organizationId));
      });
    const token = rows[0]?.token ?? "";
    // More transactions than connections of the server, so that each is used by both kinds.
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => read(n % 2 === 0 ? token : null)),
    );
    const [scoped, without] = [0, 1].map((kind) => answers.filter((_, n) => n % 2 === kind));
    expect(scoped).toEqual(Array.from({ length: 20 }, () => new Set([ours])));
    expect(without).toEqual(Array.from({ length: 20 }, () => new Set()));
  });

  it("holds an advisory lock until the transaction ends, and no longer", async () => {
    const takeTwice = () =>
      db.prisma.$transaction(async (transaction) => {
        const own = await tryToLock(transaction);
        return [own, await db.prisma.$transaction(tryToLock)];
      });
    expect(await takeTwice()).toEqual([true, false]);
    expect(await takeTwice()).toEqual([true, false]);
  });
});

async function tryToLock(transaction: Pick<Db["prisma"], "$queryRaw">) {
  const [row] = await transaction.$queryRaw<
    [{ isTaken: boolean }]
  >`SELECT pg_try_advisory_xact_lock(42) AS "isTaken"`;
  return row.isTaken;
}

function through(url: string, port: number) {
  const pooled = new URL(url);
  pooled.host = `127.0.0.1:${port}`;
  return pooled.href;
}

/** Starts PgBouncer as docs/operations.md describes it, in front of the test database. */
async function startPgBouncer() {
  const port = await getPort();
  const folder = path.join(aFolder(), "pgbouncer");
  mkdirSync(folder);
  const users = [direct.url, direct.acrossUrl].map((url) => new URL(url));
  const toUser = ({ username, password }: URL) =>
    `"${username}" "${decodeURIComponent(password)}"\n`;
  writeFileSync(path.join(folder, "users.txt"), users.map(toUser).join(""));
  const { hostname, port: serverPort, pathname } = new URL(direct.url);
  writeFileSync(
    path.join(folder, "pgbouncer.ini"),
    `[databases]
${pathname.slice(1)} = host=${hostname} port=${serverPort} connect_query='SET jit = off'
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
pool_mode = transaction
default_pool_size = 3
max_prepared_statements = 200
ignore_startup_parameters = options
auth_type = scram-sha-256
auth_file = ${path.join(folder, "users.txt")}
`,
  );
  for (const reachable of [folder, path.dirname(folder), path.dirname(path.dirname(folder))])
    chmodSync(reachable, 0o755);
  const asUser = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  const server = spawn(program, [...asUser, path.join(folder, "pgbouncer.ini")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  afterAll(async () => {
    const exited = once(server, "exit");
    server.kill("SIGINT");
    await exited;
  });
  for await (const line of server.stderr) if (/process up/.test(String(line))) break;
  server.stderr.resume();
  return port;
}
