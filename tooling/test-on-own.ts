// Runs the tests of what holds SQL on the PostgreSQL of this machine's own packages (Debian's), in a
// temporary cluster: Ringfence supports every version from 15 on, not only the embedded one. Apps hold
// no SQL: what they ask of a database is in `packages`. The SIP tests run here and nowhere else.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { initialize, runServer } from "@ringfence/db/postgres";

const folders = globSync("/usr/lib/postgresql/*/bin");
const bin = folders.toSorted((a, b) => readMajorVersion(b) - readMajorVersion(a))[0];
if (bin === undefined) {
  console.error("This machine has no PostgreSQL of its own: apt-get install postgresql.");
  process.exit(1);
}

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-own-"));
chmodSync(folder, 0o711);
const data = path.join(folder, "pg");
const password = randomBytes(16).toString("hex");
initialize(bin, data, password);
const server = await runServer(bin, data, {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  fsync: "off",
  timezone: "America/New_York",
});
console.log(`PostgreSQL ${readMajorVersion(bin)} of this machine`);
const url = `postgresql://postgres:${password}@127.0.0.1:${server.port}/postgres`;
/** `packages` with all SQL of ours, and the queue, whose SQL is that of graphile-worker. */
const holdSql = ["packages/", "tooling/append-only", "apps/worker/src/start-worker"];
// Asynchronous, because the server's log must be read meanwhile: a full pipe would stop it.
const test = spawn(
  process.execPath,
  ["tooling/test.ts", "integration", "sip", ...holdSql, ".sip.test"],
  {
    env: { ...process.env, TEST_DATABASE_URL: url },
    stdio: "inherit",
  },
);
process.exitCode = await new Promise<number>((resolve) => {
  test.once("exit", (code) => resolve(code ?? 1));
});
await server.stop();
rmSync(folder, { recursive: true });

function readMajorVersion(folder: string) {
  return Number(path.basename(path.dirname(folder)));
}
