// A worker signs the ledger with a key in a SoftHSM token. The token is removed while the worker runs: nothing is
// signed and nothing is lost. When it is back, the worker goes on by itself, and everything is signed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openCheckpoint, readNoteKey } from "@ringfence/core/proof/ledger";
import { OrganizationId } from "@ringfence/core/ids";
import { openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { removeData, startPostgres } from "@ringfence/db/postgres";
import {
  appendStatements,
  auditLedger,
  listLogKeys,
  readSignedCheckpoint,
} from "@ringfence/services/proof/ledger";
import { openKeys } from "@ringfence/services/platform/keys";
import { createCheck, report, type Tally } from "./tally.ts";
import { createSoftToken } from "./token/softhsm.ts";

const tally: Tally = { passed: 0, failed: [] };
const expectThat = createCheck(tally);

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-token-"));
chmodSync(folder, 0o755); // PostgreSQL runs as another user if we are root
const stateFolder = path.join(folder, "state");
const keyFolder = path.join(folder, "keys");
const token = createSoftToken(folder);
const postgres = await startPostgres({ stateFolder, isDurable: false });
const { url, acrossUrl } = await migrate(postgres.urls("token"));
const db = openDb(url, acrossUrl);
await openKeys(db, keyFolder);
const { id } = await db.prisma.organization.create({ data: { name: "Test", homeRegion: "US" } });
const organizationId = OrganizationId.parse(id);

const worker = spawn(
  process.execPath,
  [path.resolve(import.meta.dirname, "../apps/worker/src/main.ts"), "--signer"],
  {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ...token.environment,
      DATABASE_URL: url,
      DATABASE_ACROSS_URL: acrossUrl,
      PUBLIC_URL: "http://localhost:3000",
      LEDGER_ORIGIN: "ledger.example/token",
      RINGFENCE_KEY_DIR: keyFolder,
      RINGFENCE_FILES: path.join(folder, "files"),
    },
  },
);
const hasEnded = once(worker, "exit");
let log = "";
let appended = 0;
for (const output of [worker.stdout, worker.stderr])
  output.setEncoding("utf8").on("data", (text: string) => (log += text));

try {
  await append(3);
  const isAllSigned = async () => {
    const { waiting, size, signed } = await readSizes();
    return waiting === 0 && signed === size && size >= appended;
  };
  expectThat("the token signs", await becomesTrue(isAllSigned), log);
  expectThat(
    "no key of the ledger is in a file",
    !readdirSync(keyFolder).join().includes("ledger-1"),
  );
  expectThat("the signature is that of the token", await isSignedByLogKey());

  token.remove();
  const { signed: before } = await readSizes();
  await append(4);
  const countFaults = () => log.split("cannot be used").length - 1;
  expectThat("the operator is told", await becomesTrue(async () => countFaults() > 0), log);
  await append(1); // later, for another pass of the worker
  const arePlaced = async () => (await readSizes()).waiting === 0;
  expectThat("entries still get their places", await becomesTrue(arePlaced));
  const { size, signed } = await readSizes();
  expectThat("nothing is signed without the token", signed === before && size >= before + 5);
  expectThat("the operator is not told at every pass", countFaults() <= 2, log);

  token.putBack();
  expectThat("it goes on when it is back", await becomesTrue(isAllSigned), log);
  expectThat("the signature is that of the same token", await isSignedByLogKey());
  const { faults } = await auditLedger(db);
  expectThat("nothing is lost", faults.length === 0, JSON.stringify(faults));
} finally {
  worker.kill("SIGTERM");
  await hasEnded;
  await db.close();
  await postgres.stop();
  await removeData(stateFolder);
  rmSync(folder, { recursive: true });
}
report(tally);

async function append(count: number) {
  const statements = Array.from({ length: count }, () => ({
    organizationId,
    kind: "scrub" as const,
    idempotencyKey: `scrub/${appended++}`,
    statement: `e30.${Buffer.from(String(appended)).toString("base64url")}.AAAA`,
  }));
  await db.prisma.$transaction((tx) => appendStatements(tx, statements));
}

type Sizes = { waiting: number; size: number; signed: number };

/** Reads how many entries wait for their place in the log, have it, and are signed. */
async function readSizes(): Promise<Sizes> {
  const { rows } = await db.pool.query<Sizes>(
    `SELECT (SELECT count(*)::int FROM ledger.pending) AS waiting,
      (SELECT size::int FROM ledger.log) AS size,
      (SELECT coalesce(max(size), 0)::int FROM ledger.checkpoint) AS signed`,
  );
  const [sizes] = rows;
  if (sizes === undefined) throw new Error("there is no log");
  return sizes;
}

async function isSignedByLogKey(): Promise<boolean> {
  const keys = (await listLogKeys(db)).map(({ vkey }) => readNoteKey(vkey));
  const { note = "" } = (await readSignedCheckpoint(db)) ?? {};
  return (
    keys.length === 1 &&
    openCheckpoint(
      note,
      keys.filter((key) => key !== null),
    ).ok
  );
}

/** True as soon as the condition holds, false if it does not within a minute. */
async function becomesTrue(holds: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 600; tries++) {
    if (await holds()) return true;
    await pause(100);
  }
  return false;
}
