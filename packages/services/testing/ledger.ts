import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Db, openDb } from "@ringfence/db";
import { aDatabase, asOwner } from "@ringfence/db/testing";
import { onTestFinished } from "vitest";
import { appendStatements } from "../src/proof/ledger/append-statement.ts";
import { createFileSigner, loadFileSigners } from "../src/proof/ledger/signer/file-keys.ts";
import { sequenceBatch } from "../src/proof/ledger/sequence-entries.ts";
import { type LogSigner, signCheckpoint } from "../src/proof/ledger/sign-checkpoint.ts";
import { openSignerMemory } from "../src/proof/ledger/signer/memory.ts";

export const origin = "ledger.test/ringfence";

/** Creates a log in a database of its own, and a signer that remembers what it signed. Only this test has them. */
export async function aLedger() {
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-signer-"));
  const url = await aDatabase();
  const db = openDb(url);
  onTestFinished(async () => {
    await db.close();
    rmSync(folder, { recursive: true });
  });
  const { key } = createFileSigner(folder, origin);
  const logSigner: LogSigner = {
    db,
    origin,
    signers: () => loadFileSigners(folder, origin),
    memory: openSignerMemory(folder),
  };
  return { db, url, folder, key, logSigner, sign: () => signCheckpoint(logSigner) };
}

const organizationId = "0195a000-0000-7000-8000-000000000001";

/** Numbered statements of one organization. They are not signed, because the log does not check. */
export const someStatements = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    organizationId,
    kind: "scrub" as const,
    idempotencyKey: `scrub/${from + index}`,
    statement: `e30.${Buffer.from(String(from + index)).toString("base64url")}.AAAA`,
  }));

/** Appends `count` statements to the log, numbered from `from`, and sequences everything that waits. */
export async function growBy({ prisma }: Db, count: number, from = 0) {
  const appended = await prisma.$transaction((db) =>
    appendStatements(db, someStatements(count, from)),
  );
  while ((await sequenceBatch({ prisma })) !== 0);
  return appended;
}

/** Runs statements as a superuser, without triggers. */
export const asIntruder = (db: Pick<Db, "url">, ...statements: string[]) =>
  asOwner(db, async (client) => {
    await client.query("SET session_replication_role = replica");
    for (const statement of statements) await client.query(statement);
  });

/** Returns the organization's statements in plain text, in the order in which they were recorded. */
export async function listPlainStatements({ pool }: Pick<Db, "pool">, organizationId: string) {
  const { rows } = await pool.query<{ statement: string }>(
    "SELECT statement FROM ledger.entry WHERE organization_id = $1 ORDER BY entry_id",
    [organizationId],
  );
  return rows.map(({ statement }): unknown =>
    JSON.parse(Buffer.from(statement.split(".")[1] ?? "", "base64url").toString()),
  );
}
