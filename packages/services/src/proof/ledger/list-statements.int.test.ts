import { OrganizationId } from "@ringfence/core/ids";
import { anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedger, someStatements } from "../../../testing/ledger.ts";
import { as, keys, officer } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { appendStatements } from "./append-statement.ts";
import { listStatements } from "./list-statements.ts";
import { sequenceBatch } from "./sequence-batch.ts";

async function scene() {
  const ledger = await aLedger();
  const contextOf = async (): Promise<RootContext> => ({
    db: ledger.db,
    keys,
    organizationId: OrganizationId.parse(await anOrganization(ledger.db)),
    actor: officer,
  });
  const append = ({ organizationId }: RootContext, count: number, from = 0) =>
    ledger.db.prisma.$transaction((tx) =>
      appendStatements(
        tx,
        someStatements(count, from).map((one) => ({ ...one, organizationId })),
      ),
    );
  return { ...ledger, ctx: await contextOf(), other: await contextOf(), append };
}

it("lists what was stated, the newest first, with its place and when that was signed", async () => {
  const { db, ctx, append, sign } = await scene();
  await append(ctx, 1);
  await sequenceBatch(db);
  await sign();
  await append(ctx, 1, 1);
  const { statements, next } = await listStatements(ctx, { limit: 50 });
  expect(statements).toMatchObject([
    { kind: "scrub", index: null, signedAt: null },
    { kind: "scrub", index: 0, signedAt: expect.any(Date) },
  ]);
  expect(next).toBeNull();
});

it("goes on where a page ended", async () => {
  const { ctx, append } = await scene();
  await append(ctx, 5);
  const first = await listStatements(ctx, { limit: 3 });
  const second = await listStatements(ctx, { limit: 3, after: first.next ?? "" });
  const ids = [...first.statements, ...second.statements].map(({ id }) => id);
  expect(new Set(ids).size).toBe(5);
  expect(ids).toEqual(ids.toSorted().toReversed());
  expect(second.next).toBeNull();
});

it("shows nothing of another organization, and a marketer nothing at all", async () => {
  const { ctx, other, append } = await scene();
  await append(other, 2);
  expect((await listStatements(ctx, { limit: 50 })).statements).toEqual([]);
  const listing = listStatements(as(other, "marketer"), { limit: 50 });
  await expect(listing).rejects.toMatchObject({ code: "forbidden" });
});
