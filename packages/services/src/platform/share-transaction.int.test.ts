import { randomUUID } from "node:crypto";
import type { Phone } from "@ringfence/core/people/phone";
import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { aNumber, asOwner } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../testing/scenes.ts";
import { recordOptOut } from "../do-not-call/opt-out/record.ts";
import { type RootContext, inTransaction } from "./context.ts";
import type { KeyContext } from "./idempotency/answer-once.ts";

const CALLERS = 16;
const someNumbers = () => Array.from({ length: CALLERS }, () => aNumber());
const request = (phone: string): RecordOptOut => ({ phone, channel: "ivr" });

/** Sends an opt-out for each number, all at the same moment. */
const refuseAtOnce = (ctx: RootContext, phones: readonly string[]) =>
  Promise.allSettled(phones.map((phone) => recordOptOut(ctx, request(phone))));

/** The opt-outs of an organization by number, with the transaction that recorded each. */
async function loadRows({ organizationId }: RootContext) {
  const { rows } = await db.pool.query<{ phone: Phone; transaction: string }>(
    `SELECT e164 AS phone, opt_out.xmin::text AS transaction FROM opt_out
     JOIN phone ON phone.organization_id = opt_out.organization_id AND phone.id = phone_id
     WHERE opt_out.organization_id = $1`,
    [organizationId],
  );
  return rows;
}

async function aKeyContext(): Promise<KeyContext> {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const secretHash = crypto.getRandomValues(Buffer.alloc(32));
  const data = { organizationId, name: "Dialer", scopes: [], secretHash, createdAt: new Date() };
  const { id } = await db.prisma.apiKey.create({ data });
  return { ...ctx, actor: { type: "key", id, scopes: ["opt-outs:write"] } };
}

it("records callers that wait at once by a few transactions, each with an answer and an audit row of its own", async () => {
  const ctx = await aContext();
  const phones = someNumbers();

  const answers = await refuseAtOnce(ctx, phones);

  const recorded = answers.flatMap((it) => (it.status === "fulfilled" ? [it.value.answer] : []));
  expect(recorded.map((answer) => answer?.phone)).toEqual(phones);
  expect(new Set(recorded.map((answer) => answer?.receipt)).size).toBe(CALLERS);
  const rows = await loadRows(ctx);
  expect(rows.map(({ phone }) => phone).toSorted()).toEqual(phones.toSorted());
  expect(new Set(rows.map(({ transaction }) => transaction)).size).toBeLessThan(CALLERS / 2);
  const { organizationId } = ctx;
  const audited = await db.prisma.auditEntry.findMany({ where: { organizationId } });
  expect(new Set(audited.map(({ phoneId }) => phoneId)).size).toBe(CALLERS);
  expect(await db.prisma.optOutQueue.count({ where: { organizationId } })).toBe(CALLERS);
});

it("records a number that several callers refuse at once for each of them", async () => {
  const ctx = await aContext();
  const phone = aNumber();
  const answers = await refuseAtOnce(ctx, [phone, phone, phone]);
  const ids = answers.map((it) => (it.status === "fulfilled" ? it.value.answer?.id : null));
  expect(new Set(ids).size).toBe(3);
  expect(await loadRows(ctx)).toHaveLength(3);
});

it("keeps an unreadable number for an officer, and records the others", async () => {
  const ctx = await aContext();
  const phones = someNumbers();
  const answers = await refuseAtOnce(ctx, [...phones.slice(1), "my phone"]);
  expect(answers.at(-1)).toMatchObject({ value: { fault: { key: "opt-out.number-unreadable" } } });
  expect(await loadRows(ctx)).toHaveLength(CALLERS - 1);
});

it("fails only the caller whose row the database rejects", async () => {
  const ctx = await aContext();
  const phones = someNumbers();
  const [bad = ""] = phones;
  const name = `bad_${randomUUID().replaceAll("-", "")}`;
  await asOwner(db, (owner) =>
    owner.query(`
      CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.e164 = '${bad}' THEN RAISE EXCEPTION 'a bad row'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER ${name} BEFORE INSERT ON phone FOR EACH ROW EXECUTE FUNCTION ${name}()`),
  );
  try {
    const answers = await refuseAtOnce(ctx, phones);
    expect(answers.map(({ status }) => status)).toEqual(
      phones.map((phone) => (phone === bad ? "rejected" : "fulfilled")),
    );
    expect(await loadRows(ctx)).toHaveLength(CALLERS - 1);
  } finally {
    await asOwner(db, (owner) => owner.query(`DROP FUNCTION ${name} CASCADE`));
  }
});

it("lets only the caller of a locked number wait", async () => {
  const ctx = await aContext();
  const phones = someNumbers();
  const [locked = ""] = phones;
  await recordOptOut(ctx, request(locked));
  const [isHeld, mayGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const holder = inTransaction(ctx, async (tx) => {
    await tx.db.$executeRaw`SELECT FROM phone WHERE e164 = ${locked} FOR UPDATE`;
    isHeld.resolve();
    await mayGo.promise;
  });
  await isHeld.promise;

  const answers = phones.map((phone) => recordOptOut(ctx, request(phone)));
  await Promise.all(answers.slice(1));
  expect(await loadRows(ctx)).toHaveLength(CALLERS);
  mayGo.resolve();
  await Promise.all([holder, ...answers]);
  expect(await loadRows(ctx)).toHaveLength(CALLERS + 1);
});

it("keeps organizations and actors apart in the same moment", async () => {
  const [ours, theirs] = [await aContext(), await aContext()];
  const colleague = as(ours, "officer");
  const [first, second, third] = [someNumbers(), someNumbers(), someNumbers()];
  await Promise.all([
    refuseAtOnce(ours, first),
    refuseAtOnce(theirs, second),
    refuseAtOnce(colleague, third),
  ]);
  const listPhones = async (ctx: RootContext) => (await loadRows(ctx)).map(({ phone }) => phone);
  expect((await listPhones(theirs)).toSorted()).toEqual(second.toSorted());
  expect((await listPhones(ours)).toSorted()).toEqual([...first, ...third].toSorted());
  const { organizationId } = ours;
  const actors = await db.prisma.optOut.findMany({ where: { organizationId } });
  const byBob = actors.filter(({ actor }) => JSON.stringify(actor).includes('"bob"'));
  expect(byBob).toHaveLength(CALLERS);
});

it("refuses a caller who may not, and records the others", async () => {
  const ctx = await aKeyContext();
  const powerless = { ...ctx, actor: { ...ctx.actor, scopes: [] } };
  const phones = someNumbers();
  const [refused, answers] = await Promise.all([
    refuseAtOnce(powerless, [aNumber()]),
    refuseAtOnce(ctx, phones),
  ]);
  expect(refused).toMatchObject([{ status: "rejected", reason: { code: "forbidden" } }]);
  expect(answers.every(({ status }) => status === "fulfilled")).toBe(true);
  expect(await loadRows(ctx)).toHaveLength(CALLERS);
});

it("answers each Idempotency-Key once, also of callers that wait at once", async () => {
  const ctx = await aKeyContext();
  const phones = someNumbers();
  const send = (phone: string, key: string) =>
    recordOptOut.once(ctx, request(phone), {
      request: { route: "/v1/opt-outs", key, hash: Buffer.from(phone.padEnd(32)) },
      toAnswer: ({ answer }) => ({ status: 201, body: JSON.stringify(answer) }),
      toFinalAnswer: () => null,
    });
  const [phone = "", other = ""] = phones;
  // A first caller keeps the queue busy, so that all the others share the next transaction.
  const ahead = recordOptOut(ctx, request(aNumber()));
  const outcomes = await Promise.all([
    ...phones.map((phone) => send(phone, phone)),
    send(phone, phone),
    send(other, phone),
  ]);
  await ahead;
  expect(outcomes.map(({ outcome }) => outcome)).toEqual([
    ...phones.map(() => "first"),
    "running",
    "running",
  ]);

  expect(await send(phone, phone)).toEqual({ ...outcomes[0], outcome: "replayed" });
  const late = await Promise.all([
    recordOptOut(ctx, request(aNumber())),
    send(phone, phone),
    send(other, phone),
    send(aNumber(), "new"),
  ]);
  expect(late.slice(1)).toMatchObject([
    { outcome: "replayed" },
    { outcome: "running" },
    { outcome: "first" },
  ]);
  expect(await send(other, phone)).toEqual({ outcome: "conflict" });
  expect(await loadRows(ctx)).toHaveLength(CALLERS + 3);
});
