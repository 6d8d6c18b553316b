import { OrganizationId } from "@ringfence/core/ids";
import { writeNoteKey } from "@ringfence/core/ledger";
import { anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedger, growBy, origin, someStatements } from "../../testing/ledger.ts";
import { as, keys, officer } from "../../testing/scenes.ts";
import type { RootContext } from "../context.ts";
import { appendStatements } from "./append-statement.ts";
import { readLedger } from "./read-ledger.ts";
import { sequenceBatch } from "./sequence-batch.ts";

async function scene() {
  const ledger = await aLedger();
  const organizationId = OrganizationId.parse(await anOrganization(ledger.db));
  const ctx: RootContext = { db: ledger.db, keys, organizationId, actor: officer };
  const append = (count: number) =>
    ledger.db.prisma.$transaction((tx) =>
      appendStatements(
        tx,
        someStatements(count).map((one) => ({ ...one, organizationId })),
      ),
    );
  return { ...ledger, ctx, append };
}

it("says that nothing is signed yet, and what waits", async () => {
  const { ctx, append } = await scene();
  await append(3);
  const { checkpoint, delay, origin, waiting } = await readLedger(ctx);
  expect({ checkpoint, delay, origin }).toEqual({ checkpoint: null, delay: null, origin: null });
  expect(waiting).toMatchObject({ count: 3 });
});

it("says what is signed, by which keys, and how long that took", async () => {
  const { ctx, db, key, append, sign } = await scene();
  await append(3);
  await sequenceBatch(db);
  await sign();
  const { checkpoint, vkeys, delay, waiting, ...view } = await readLedger(ctx);
  expect(view.origin).toBe(origin);
  expect(checkpoint).toMatchObject({ size: 3, witnesses: [], timestampedBy: [] });
  expect(vkeys).toEqual([writeNoteKey(key)]);
  expect(waiting).toEqual({ count: 0, since: null });
  expect(delay?.p99Ms).toBeGreaterThanOrEqual(delay?.p50Ms ?? 0);
  expect(delay?.p50Ms).toBeGreaterThan(0);
});

it("times the statements of the organization alone, and tells a marketer nothing", async () => {
  const { ctx, db, sign } = await scene();
  await growBy(db, 5); // statements of another organization
  await sign();
  expect((await readLedger(ctx)).delay).toBeNull();
  await expect(readLedger(as(ctx, "marketer"))).rejects.toMatchObject({ code: "forbidden" });
});
