import { sql } from "kysely";
import { expect, it } from "vitest";
import { z } from "zod";
import { aContext } from "../../testing/scenes.ts";
import { inTransaction } from "./context.ts";
import { selectRows } from "./rows.ts";

const at = new Date("2026-03-01T12:00:00.123Z");
it("keeps bytes, and numbers beyond those of JavaScript", async () => {
  const ctx = await aContext();
  const block = 2n ** 62n + 1n;
  const bits = Buffer.alloc(1250, 0xf0);
  const registryId = "0195c0de-0000-7000-8000-000000000001";
  const [row] = await inTransaction(ctx, async (ctx) => {
    const { organizationId } = ctx;
    await ctx.db.registryBlock.create({ data: { organizationId, registryId, block, bits } });
    return ctx.db.$kysely
      .selectFrom("registryBlock")
      .select(["block", "bits"])
      .where("organizationId", "=", organizationId)
      .execute();
  });
  expect(row?.block).toBe(block);
  expect(Buffer.from(row?.bits ?? [])).toEqual(bits);
});

it("selects rows in camel case, with the keys inside JSON as they are", async () => {
  const Row = z.object({
    readAt: z.date(),
    facts: z.object({ snake_key: z.number() }),
    total: z.bigint(),
  });
  const ctx = await aContext();
  const rows = await inTransaction(ctx, (ctx) =>
    selectRows(
      ctx,
      Row,
      sql`SELECT ${at}::timestamptz AS read_at, json_build_object('snake_key', 1) AS facts, count(*) AS total
          FROM generate_series(1, 3)`,
    ),
  );
  expect(rows).toEqual([{ readAt: at, facts: { snake_key: 1 }, total: 3n }]);
});

it("rejects a row that is not what the schema says", async () => {
  const ctx = await aContext();
  const selected = inTransaction(ctx, (ctx) =>
    selectRows(ctx, z.object({ name: z.string() }), sql`SELECT 1 AS name`),
  );
  await expect(selected).rejects.toThrow(z.ZodError);
});
