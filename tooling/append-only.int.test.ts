import path from "node:path";
import { anOrganization, asOwner, openTestDb } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { readRepo } from "./conventions/convention.ts";
import { listModels } from "./conventions/schema.ts";

const db = await openTestDb();

/** Bits of pg_trigger.tgtype. */
const DELETE = 8;
const UPDATE = 16;
const TRUNCATE = 32;

it("lets the database itself refuse changes to append-only tables", async () => {
  const { rows } = await db.pool.query<{ table: string; events: number }>(
    `SELECT tgrelid::regclass::text AS table, bit_or(tgtype)::int AS events
      FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
      WHERE proname = 'refuse_change' AND tgenabled = 'O'
      GROUP BY tgrelid`,
  );
  const guarded = rows.filter(
    ({ events }) => (events & (DELETE | UPDATE | TRUNCATE)) === (DELETE | UPDATE | TRUNCATE),
  );
  const appendOnly = listModels(readRepo(path.resolve(import.meta.dirname, "..")))
    .filter(({ comment }) => comment.includes("Append-only"))
    .map(({ table }) => table);

  expect(appendOnly).toContain("opt_out");
  expect(guarded.map(({ table }) => table).toSorted()).toEqual(appendOnly.toSorted());
});

it("keeps the row of every phone, because screenings refer to it without a foreign key", async () => {
  const organizationId = await anOrganization(db);
  await db.prisma.phone.create({ data: { organizationId, e164: "+12025550123" } });
  await expect(db.prisma.phone.deleteMany({ where: { organizationId } })).rejects.toThrow(/stay/);
  await expect(db.pool.query("UPDATE phone SET id = uuid7()")).rejects.toThrow(/stay/);
  await expect(db.pool.query("UPDATE phone SET e164 = '+12025550124'")).rejects.toThrow(
    /never replaced/,
  );
  const truncated = asOwner(db, (owner) => owner.query("TRUNCATE phone CASCADE"));
  await expect(truncated).rejects.toThrow(/stay|append-only/);
});
