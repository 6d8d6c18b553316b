// Runs the tests of SQL that may differ by version or role on the PostgreSQL of this machine's own packages
// (Debian's), in a temporary cluster: Ringfence supports every version from 15 on, not only the embedded
// one. The SIP tests run here and nowhere else.
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
/**
 * Tests of SQL that may behave differently on another version or for another role: server functions, triggers and
 * grants, COPY, locks, the queue, and statements that are built or tuned by hand. `verbs` and `seller-limit`
 * call the verbs of all areas, so a function that only newer versions have is found there too. What services
 * do with their rows is the same on every version, and is tested on the embedded one.
 */
const holdSql = [
  "packages/db/src/client",
  "packages/db/src/migrate",
  "packages/db/src/service-role",
  "packages/db/src/sql-state",
  "packages/db/src/uuid7",
  "packages/db/src/postgres/check-server",
  "tooling/append-only",
  ...[
    "verbs",
    "platform/access/seller-limit",
    "platform/copy-rows",
    "platform/idempotency",
    "platform/rows",
    "platform/to-table",
    "platform/run",
    "platform/verb",
    "proof/ledger/append-statement",
    "proof/ledger/audit-ledger",
    "proof/ledger/read-proof",
    "proof/ledger/sequence-entries",
    "proof/ledger/sign-checkpoint",
    "proof/record/audit-record",
    "proof/record/forged-events",
    "proof/statement",
    "people/activity/record-activities",
    "people/contact/record-contacts",
    "people/phone",
    "do-not-call/burst/detect",
    "do-not-call/endpoint/claim",
    "do-not-call/opt-out/feed",
    "do-not-call/opt-out/record",
    "do-not-call/opt-out/repeat",
    "do-not-call/registry/apply-edition",
    "do-not-call/registry/count-contacts",
    "do-not-call/registry/past-listing",
    "do-not-call/registry/roll-back",
    "do-not-call/suppression/record",
    "consents/consent/record",
    "calling/call",
    "calling/screening/load-facts",
    "calling/screening/screen-call",
    "calling/screening/to-facts",
    "calling/scrub/engine/load-registries",
    "calling/scrub/run",
    "calling/violation/scan",
    "audience/campaign/hand-over",
    "audience/segment/columns/store",
    "audience/segment/members",
    "audience/segment/sql",
    "audience/segment/waterfall",
    "desk/erasure/erase-person",
    "desk/today",
  ].map((file) => `packages/services/src/${file}`),
  // The queue, whose statements are those of graphile-worker.
  "apps/worker/src/jobs/do-not-call/deliver-webhooks",
];
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
