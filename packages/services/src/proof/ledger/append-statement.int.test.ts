import { hashLeaf, createLeaf } from "@ringfence/core/proof/ledger";
import { anOrganization, asOwner } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { db } from "../../../testing/scenes.ts";
import { type NewStatement, appendStatement, appendStatements } from "./append-statement.ts";

const aStatement = async (more: Partial<NewStatement> = {}): Promise<NewStatement> => ({
  organizationId: await anOrganization(db),
  kind: "scrub",
  idempotencyKey: "scrub/1",
  statement: "e30.e30.AAAA",
  ...more,
});

const append = (statement: NewStatement) =>
  db.prisma.$transaction((tx) => appendStatement(tx, statement));

const findPending = async (entryId: string) => {
  const { rows } = await db.pool.query<{ leaf_hash: Buffer }>(
    "SELECT leaf_hash FROM ledger.pending WHERE entry_id = $1",
    [entryId],
  );
  return rows.map(({ leaf_hash: hash }) => new Uint8Array(hash));
};

it("queues a statement for sequencing, as the hash of its leaf", async () => {
  const statement = await aStatement();
  const appended = await append(statement);
  expect(appended).toMatchObject({ isNew: true, statement: statement.statement });
  expect(await findPending(appended.entryId)).toEqual([hashLeaf(createLeaf(statement.statement))]);
});

it("answers a repeated request with the first answer", async () => {
  const statement = await aStatement();
  const first = await append(statement);
  const again = await append({ ...statement, statement: "e30.e30.BBBB" });
  expect(again).toEqual({ ...first, isNew: false });
});

it("takes the same key of another organization for another statement", async () => {
  const [one, other] = [await aStatement(), await aStatement()];
  const [first, second] = [await append(one), await append(other)];
  expect([first.isNew, second.isNew]).toEqual([true, true]);
});

it("appends many in order, and merges two with the same key", async () => {
  const statement = await aStatement();
  const other = { ...statement, idempotencyKey: "scrub/2", statement: "e30.e30.CCCC" };
  const all = await db.prisma.$transaction((tx) =>
    appendStatements(tx, [other, statement, { ...other, statement: "e30.e30.DDDD" }]),
  );
  expect(all.map(({ statement }) => statement)).toEqual([
    other.statement,
    statement.statement,
    other.statement,
  ]);
});

it("leaves nothing of a transaction that fails", async () => {
  const statement = await aStatement();
  const failing = db.prisma.$transaction(async (tx) => {
    await appendStatement(tx, statement);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect((await append(statement)).isNew).toBe(true);
});

it("records one statement for two identical concurrent requests", async () => {
  const statement = await aStatement();
  const both = await Promise.all([append(statement), append(statement)]);
  expect(new Set(both.map(({ entryId }) => entryId)).size).toBe(1);
  expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
});

it("lets the database itself refuse changes to the ledger", async () => {
  await append(await aStatement());
  const entries = ["entry", "leaf", "checkpoint", "cosignature", "tsa_token", "log_key"];
  const refused = [
    "UPDATE ledger.entry SET kind = 'access'",
    "DELETE FROM ledger.entry",
    "UPDATE ledger.log SET size = -1",
    "UPDATE ledger.log SET root = sha256('other')",
    "DELETE FROM ledger.log",
    "INSERT INTO ledger.entry (log_id, organization_id, kind, idem_key, statement, leaf) VALUES (2, uuid7(), 'scrub', sha256(''), '', '1')",
    ...[...entries, "log", "pending", "tile"].map((table) => `TRUNCATE ledger.${table} CASCADE`),
  ];
  await asOwner(db, async (owner) => {
    for (const statement of refused) {
      await expect(owner.query(statement)).rejects.toThrow(/append-only|grows|not there/);
      const isTruncate = statement.startsWith("TRUNCATE");
      await expect(db.pool.query(statement)).rejects.toThrow(
        isTruncate ? /permission denied/ : /append-only|grows|not there/,
      );
    }
  });
});
