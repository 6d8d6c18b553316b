import { sql } from "kysely";
import { expect, it } from "vitest";
import { openTestDb } from "../testing/index.ts";
import { findSqlState } from "./client.ts";

const { prisma, pool } = await openTestDb();

it.each([
  ["Prisma", () => prisma.$queryRaw`SELECT 1 / 0 AS number`],
  ["a transaction", () => prisma.$transaction((tx) => tx.$executeRaw`SELECT 1 / 0`)],
  ["Kysely", () => sql`SELECT 1 / 0 AS number`.execute(prisma.$kysely)],
  ["the pool", () => pool.query("SELECT 1 / 0")],
])("reads division_by_zero through %s", async (_, divide) => {
  const error: unknown = await divide().catch((error: unknown) => error);
  expect(findSqlState(error)).toBe("22012");
});

it("reads a violated constraint of a model", async () => {
  const data = { name: "Test", homeRegion: "US" };
  const { id } = await prisma.organization.create({ data });
  const again = prisma.organization.create({ data: { ...data, id } });
  const error: unknown = await again.catch((error: unknown) => error);
  expect(findSqlState(error)).toBe("23505");
});

it("finds none in other errors", () => {
  expect(findSqlState(new Error("57014"))).toBeNull();
});
