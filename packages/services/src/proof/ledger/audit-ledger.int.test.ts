import { expect, it } from "vitest";
import { aLedger, asIntruder, growBy, someStatements } from "../../../testing/ledger.ts";
import { appendStatements } from "./append-statement.ts";
import { auditLedger } from "./audit-ledger.ts";

/** A log of 600 entries in three checkpoints, and one entry more that waits. */
async function aSignedLedger() {
  const ledger = await aLedger();
  for (const [count, from] of [
    [10, 0],
    [290, 10],
    [300, 300],
  ] as const) {
    await growBy(ledger.db, count, from);
    await ledger.sign();
  }
  await ledger.db.prisma.$transaction((tx) => appendStatements(tx, someStatements(1, 600)));
  return ledger;
}

it("finds nothing wrong with an intact ledger", async () => {
  const { db } = await aSignedLedger();
  expect(await auditLedger(db)).toEqual({ size: 600, checkpoints: 3, faults: [] });
});

it("finds nothing in an empty one", async () => {
  const { db } = await aLedger();
  expect(await auditLedger(db)).toEqual({ size: 0, checkpoints: 0, faults: [] });
});

const ofLeaf = (index: number) => `(SELECT entry_id FROM ledger.leaf WHERE leaf_index = ${index})`;

it.each([
  ["an entry that was dropped from the queue", "DELETE FROM ledger.pending", ["lost"]],
  [
    "an entry that waits twice",
    `INSERT INTO ledger.pending SELECT entry_id, 1, sha256('\\x00'::bytea || leaf), now() FROM ledger.entry WHERE entry_id = ${ofLeaf(3)}`,
    ["double"],
  ],
  [
    "something that waits and was never accepted",
    "INSERT INTO ledger.pending VALUES (uuid7(), 1, sha256('x'), now())",
    ["orphans"],
  ],
  [
    "an entry that has waited too long",
    "UPDATE ledger.pending SET accepted_at = now() - interval '25 hours'",
    ["late"],
  ],
  [
    "a statement that was rewritten",
    `UPDATE ledger.entry SET statement = 'e30.e30.BBBB' WHERE entry_id = ${ofLeaf(5)}`,
    ["leaf"],
  ],
  [
    "a leaf that was rewritten",
    `UPDATE ledger.entry SET leaf = 'x' WHERE entry_id = ${ofLeaf(270)}`,
    ["leaf", "tile", "tile", "head", "root", "root"],
  ],
  [
    "a tile that was rewritten",
    "UPDATE ledger.tile SET hashes = overlay(hashes placing sha256('x') from 33) WHERE level = 0 AND idx = 1",
    ["tile"],
  ],
  ["a tile that is too many", "INSERT INTO ledger.tile VALUES (1, 0, 9, sha256('x'))", ["tiles"]],
  ["a log that says less", "UPDATE ledger.log SET size = 599", ["head"]],
  [
    "a checkpoint of another root",
    "UPDATE ledger.checkpoint SET root = sha256('x') WHERE size = 300",
    ["root", "note"],
  ],
  [
    "a signature of nobody",
    "UPDATE ledger.checkpoint SET note = replace(note, '/', '+') WHERE size = 300",
    ["note"],
  ],
  [
    "a checkpoint out of its time",
    "UPDATE ledger.checkpoint SET signed_at = now() + interval '1 hour' WHERE size = 10",
    ["order"],
  ],
])("finds %s", async (_, statement, faults) => {
  const { db } = await aSignedLedger();
  await asIntruder(db, statement);
  const found = (await auditLedger(db)).faults.map(({ key }) => key);
  expect(found).toEqual(faults.map((fault) => `ledger.audit-${fault}`));
});

it("finds a gap, and says where", async () => {
  const { db } = await aSignedLedger();
  await asIntruder(db, "DELETE FROM ledger.leaf WHERE leaf_index = 599");
  await asIntruder(db, "UPDATE ledger.leaf SET leaf_index = 700 WHERE leaf_index = 598");
  const { faults } = await auditLedger(db);
  expect(faults).toContainEqual({ key: "ledger.audit-gap", values: { index: 598 } });
  expect(faults).toContainEqual({ key: "ledger.audit-lost", values: { count: 1 } });
});
