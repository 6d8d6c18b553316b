import { hashLeaf, computeTreeHead, createLeaf } from "@ringfence/core/proof/ledger";
import { expect, it } from "vitest";
import { aLedger, asIntruder, growBy, someStatements } from "../../../testing/ledger.ts";
import { appendStatements } from "./append-statement.ts";
import { BATCH_SIZE, sequenceBatch } from "./sequence-entries.ts";

type Ledger = Awaited<ReturnType<typeof aLedger>>;

const headIn = async ({ db }: Ledger) => {
  const { rows } = await db.pool.query<{ size: string; root: Buffer }>("SELECT * FROM ledger.log");
  return { size: Number(rows[0]?.size), root: new Uint8Array(rows[0]?.root ?? []) };
};

/** Computes the head of the log from its entries alone. */
const headOfEntries = async ({ db }: Ledger) => {
  const { rows } = await db.pool.query<{ statement: string }>(
    "SELECT statement FROM ledger.leaf JOIN ledger.entry USING (entry_id) ORDER BY leaf_index",
  );
  return computeTreeHead(rows.map(({ statement }) => hashLeaf(createLeaf(statement))));
};

it("sequences waiting entries in batches, and computes the head that the RFC defines", async () => {
  const ledger = await aLedger();
  for (const count of [1, 255, 1, 300, BATCH_SIZE + 1])
    await growBy(ledger.db, count, await readSize(ledger));
  expect(await headIn(ledger)).toEqual(await headOfEntries(ledger));
  expect((await headIn(ledger)).size).toBe(557 + BATCH_SIZE + 1);
  expect(await sequenceBatch(ledger.db)).toBe(0);
});

const readSize = async (ledger: Ledger) => (await headIn(ledger)).size;

it("lets one process at a time sequence the log, and makes nobody wait", async () => {
  const ledger = await aLedger();
  await ledger.db.prisma.$transaction((tx) => appendStatements(tx, someStatements(10)));
  const client = await ledger.db.pool.connect();
  await client.query("BEGIN");
  await client.query("SELECT FROM ledger.log FOR NO KEY UPDATE");
  expect(await sequenceBatch(ledger.db)).toBeNull();
  await ledger.db.prisma.$transaction((tx) => appendStatements(tx, someStatements(10, 10)));
  await client.query("ROLLBACK");
  client.release();
  expect(await sequenceBatch(ledger.db)).toBe(20);
});

it("takes what commits late into a later batch", async () => {
  const ledger = await aLedger();
  const late = await ledger.db.pool.connect();
  await late.query("BEGIN");
  await late.query(
    "INSERT INTO ledger.entry (organization_id, kind, idem_key, statement, leaf) VALUES (uuid7(), 'scrub', sha256('late'), 'e30.e30.LATE', $1)",
    [createLeaf("e30.e30.LATE")],
  );
  await growBy(ledger.db, 5);
  await late.query("COMMIT");
  late.release();
  expect(await sequenceBatch(ledger.db)).toBe(1);
  expect(await headIn(ledger)).toEqual(await headOfEntries(ledger));
});

it("builds on no tiles that do not make the root", async () => {
  const ledger = await aLedger();
  await growBy(ledger.db, 5);
  await asIntruder(
    ledger.db,
    "UPDATE ledger.tile SET hashes = overlay(hashes placing sha256('x') from 33)",
  );
  await expect(growBy(ledger.db, 1, 5)).rejects.toThrow(/do not make its root/);
  await asIntruder(ledger.db, "DELETE FROM ledger.tile");
  await expect(growBy(ledger.db, 1, 6)).rejects.toThrow(/missing/);
});
