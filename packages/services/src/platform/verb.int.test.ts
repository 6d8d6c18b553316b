import { PhoneId } from "@ringfence/core/ids";
import { WrittenInstant } from "@ringfence/core/platform/time";
import { aNumber, aPhone } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { aContext, as, db } from "../../testing/scenes.ts";
import { type RootContext, type TransactionContext, inTransaction } from "./context.ts";
import { recordSuppression } from "../do-not-call/suppression/record.ts";
import { command, query, listVerbs } from "./verb.ts";

const findAudit = ({ organizationId }: RootContext) =>
  db.prisma.auditEntry.findMany({ where: { organizationId } });

/** Records a suppression, then fails if it is told to. */
const recordThenFail = command({
  name: "recordThenFail",
  action: "suppression.record",
  input: z.object({ phone: z.string(), fails: z.boolean() }),
  audit: (_, { fails }) => ({ fails }),
  run: async (ctx, { phone, fails }) => {
    await recordSuppression(ctx, { phone, reason: "litigator" });
    if (fails) throw new Error("too late");
    return ctx.db;
  },
});

it("runs a nested verb in the caller's transaction, and undoes both if one fails", async () => {
  const ctx = await aContext();
  const failed = recordThenFail(ctx, { phone: aNumber(), fails: true });
  await expect(failed).rejects.toThrow("too late");
  expect(await findAudit(ctx)).toEqual([]);

  const isSame = await inTransaction(ctx, async (ctx) => {
    return (await recordThenFail(ctx, { phone: aNumber(), fails: false })) === ctx.db;
  });
  expect(isSame).toBe(true);
});

it("writes the audit rows of the verb and of the verb that it called, under the same action", async () => {
  const ctx = await aContext();
  await recordThenFail(ctx, { phone: aNumber(), fails: false });
  // Both have the time of their transaction, so their order does not matter.
  const rows = (await findAudit(ctx)).map(({ action, details }) => ({ action, details }));
  expect(rows).toHaveLength(2);
  expect(rows).toEqual(
    expect.arrayContaining([
      {
        action: "suppression.record",
        details: expect.objectContaining({ suppressionId: expect.any(String) }),
      },
      { action: "suppression.record", details: { fails: false } },
    ]),
  );
});

it("answers a part of what the audit row needs", async () => {
  const ctx = await aContext();
  const countRows = query({
    name: "countRows",
    action: "opt-out.read",
    run: async () => ({ count: 2, source: "list" }),
    audit: ({ source }) => ({ source }),
    answer: ({ count }) => count,
  });
  const count: number = await countRows(ctx);
  expect(count).toBe(2);
  expect(await findAudit(ctx)).toMatchObject([{ details: { source: "list" } }]);
});

it("writes no audit row if there are no details", async () => {
  const ctx = await aContext();
  const readNothing = query({
    name: "readNothing",
    action: "opt-out.read",
    run: async () => [],
    audit: (rows) => (rows.length > 0 ? { listed: rows.length } : null),
  });
  await readNothing(ctx);
  expect(await findAudit(ctx)).toEqual([]);
});

it("writes who reads about a person before `run` reads, and finds no phone of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const phoneId = PhoneId.parse(await aPhone(db, ctx.organizationId));
  const countRows = query({
    name: "countRows",
    action: "opt-out.read",
    input: z.object({ phoneId: PhoneId }),
    run: ({ db, organizationId }) => db.auditEntry.count({ where: { organizationId } }),
    audit: { phone: ({ phoneId }) => phoneId },
  });
  expect(await countRows(ctx, { phoneId })).toBe(1);
  expect(await findAudit(ctx)).toMatchObject([{ action: "opt-out.read", phoneId }]);
  await expect(countRows(other, { phoneId })).rejects.toMatchObject({ code: "not-found" });
});

it("forbids before anything else", async () => {
  const ctx = as(await aContext(), "auditor");
  await expect(recordThenFail(ctx, { phone: aNumber(), fails: true })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("validates input from outside once, and fills in defaults", async () => {
  const ctx = await aContext();
  const echo = query({
    name: "echo",
    action: "opt-out.read",
    input: z.object({ search: z.string().trim(), limit: z.int().min(1).default(50) }),
    audit: "none",
    run: async (_, input) => input,
  });
  expect(await echo.receive(ctx, { search: " 555 " })).toEqual({ search: "555", limit: 50 });
  await expect(echo.receive(ctx, { limit: 0 })).rejects.toThrow(z.ZodError);
});

it("does not validate input that the compiler has checked, because a date is no text", async () => {
  const ctx = await aContext();
  const Dated = z.object({ at: WrittenInstant });
  const echo = query({
    name: "echo",
    action: "opt-out.read",
    input: Dated,
    audit: "none",
    run: async (_, { at }) => at,
  });
  const text = "2026-01-01T00:00:00Z";
  expect(await echo(ctx, { at: new Date(text) })).toEqual(new Date(text));
  expect(await echo.receive(ctx, { at: text })).toEqual(new Date(text));
  await expect(echo.receive(ctx, { at: new Date(text) })).rejects.toThrow(z.ZodError);
});

it("lets a verb open its own transactions, but not inside another verb", async () => {
  const ctx = await aContext();
  const readTwice = query({
    name: "readTwice",
    action: "opt-out.read",
    transaction: "by run",
    run: async (ctx) => {
      const first = await inTransaction(ctx, readTransactionId);
      const second = await inTransaction(ctx, readTransactionId);
      return first !== second;
    },
    audit: "none",
  });
  expect(await readTwice(ctx)).toBe(true);
  // @ts-expect-error -- the compiler refuses a transaction here, too
  const nested = inTransaction(ctx, (ctx: TransactionContext) => readTwice(ctx));
  await expect(nested).rejects.toThrow("opens its own transactions");
});

it("lets no verb that opens its own transactions write its audit row apart from them", () => {
  const define = () =>
    query({
      name: "exportRows",
      action: "opt-out.read",
      transaction: "by run",
      run: async () => [],
      // @ts-expect-error -- `run` writes it, in the transaction that it is about
      audit: () => ({ exported: true }),
    });
  expect(define).not.toThrow();
});

it("lists the verbs of a module", () => {
  expect(listVerbs({ recordThenFail, findAudit, z })).toEqual([recordThenFail]);
});

async function readTransactionId({ db }: TransactionContext) {
  const [row] = await db.$queryRaw<[{ id: string }]>`SELECT pg_current_xact_id()::text AS id`;
  return row.id;
}
