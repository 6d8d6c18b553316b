import { ListOptOuts, type RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { toStoredActor } from "../../platform/access/stored-actor.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { openPhoneStatements } from "../../../testing/statements.ts";
import { type RootContext, type ServiceContext, inTransaction } from "../../platform/context.ts";
import { listOptOuts } from "./list.ts";
import { recordOptOut } from "./record.ts";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { listUnreadableOptOuts } from "./unreadable.ts";

/** An opt-out that a person makes to an agent on the phone. */
const refusal = (more: Partial<RecordOptOut> = {}): RecordOptOut => ({
  phone: aNumber(),
  channel: "agent",
  ...more,
});

const onRecord = ({ organizationId }: RootContext) =>
  db.prisma.optOut.findMany({ where: { organizationId }, include: { phone: true, notes: true } });

it("records the opt-out with a reference to read aloud", async () => {
  const ctx = await aContext();
  const input = refusal({ note: "Do not call my mother either" });

  const answer = await recorded(ctx, input);

  expect(answer).toMatchObject({
    phone: input.phone,
    scope: {},
    reference: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{8}$/),
    notes: [],
  });
  const { id, reference, effectiveAt } = answer;
  expect(await onRecord(ctx)).toMatchObject([
    {
      id,
      reference,
      at: effectiveAt,
      recordedAt: effectiveAt,
      scope: "all",
      channel: "agent",
      actor: toStoredActor(ctx.actor),
      phone: { e164: input.phone },
      notes: [{ text: input.note }],
    },
  ]);
});

it("saves and states where the recording is, even without a note", async () => {
  const ctx = await aContext();
  const recording = "https://records.example/call-1.mp3";
  await recorded(ctx, refusal({ at: new Date("2026-03-01T10:00:00Z"), recording }));
  expect((await onRecord(ctx))[0]?.notes).toMatchObject([{ text: null, recording }]);
  expect(await openPhoneStatements(ctx)).toMatchObject([{ claims: { recording } }]);
  const { items } = await listOptOuts(ctx, ListOptOuts.parse({}));
  expect(items).toMatchObject([{ note: null, recording }]);
});

it("queues it for the feed, and writes ledger and audit in the same transaction", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const actor = toStoredActor(ctx.actor);

  const { id, reference } = await recorded(ctx, refusal());

  const where = { organizationId };
  expect(await db.prisma.optOutQueue.findMany({ where })).toMatchObject([
    { optOutId: id, change: "added" },
  ]);
  expect(await openPhoneStatements(ctx)).toMatchObject([
    {
      kind: "opt-out.recorded",
      claims: { opt_out: id, reference, scope: "all", recorded_by: actor },
    },
  ]);
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { action: "opt-out.record", details: { optOutId: id } },
  ]);
});

it.each([{ seller: "acme" }, { purpose: "marketing.loans" }, { profiling: true as const }])(
  "covers what the person names: %j",
  async (scope) => {
    const ctx = await aContext();
    expect(await recorded(ctx, refusal({ scope }))).toMatchObject({ scope, notes: [] });
  },
);

it("covers all calls if the scope is unknown, and says so", async () => {
  const ctx = await aContext();
  const answer = await recorded(ctx, refusal({ scope: { seller: "acmee" } }));
  expect(answer).toMatchObject({
    scope: {},
    notes: [{ key: "opt-out.seller-unknown", values: { seller: "acmee" } }],
  });
});

it("counts from now if its time is in the future", async () => {
  const ctx = await aContext();
  const at = new Date("9999-01-01T00:00:00Z");

  const { effectiveAt, notes } = await recorded(ctx, refusal({ at }));

  expect(effectiveAt.getTime()).toBeLessThan(at.getTime());
  expect(notes).toMatchObject([{ key: "opt-out.time-impossible" }]);
});

it("answers a repeat with the first opt-out, however often and however fast it is sent", async () => {
  const ctx = await aContext();
  const input = refusal({ at: new Date("2026-01-01T00:00:00Z"), scope: { seller: "acme" } });
  await recordOptOut(ctx, { ...input, channel: "sms" }); // a phone on record makes nobody wait

  const answers = await Promise.all(Array.from({ length: 8 }, () => recorded(ctx, input)));

  expect(new Set(answers.map(({ reference }) => reference)).size).toBe(1);
  expect(new Set(answers.map(({ receipt }) => receipt)).size).toBe(1);
  expect(await onRecord(ctx)).toHaveLength(2);
});

it("records a request without a time each time it is made", async () => {
  const ctx = await aContext();
  const input = refusal();

  const first = await recorded(ctx, input);
  const second = await recorded(ctx, input);

  expect(second.reference).not.toBe(first.reference);
  expect(await onRecord(ctx)).toHaveLength(2);
});

it("keeps different scopes, channels and times apart", async () => {
  const ctx = await aContext();
  const input = refusal({ at: new Date("2026-01-01T00:00:00Z") });
  await recordOptOut(ctx, input);

  await recordOptOut(ctx, { ...input, scope: { seller: "acme" } });
  await recordOptOut(ctx, { ...input, channel: "sms" });
  await recordOptOut(ctx, { ...input, at: new Date("2026-01-02T00:00:00Z") });

  expect(await onRecord(ctx)).toHaveLength(4);
});

it("saves an unreadable number for an officer, and says that it covers nobody", async () => {
  const ctx = await aContext();

  expect(await recordOptOut(ctx, refusal({ phone: "my\0 phone" }))).toEqual({
    fault: { key: "opt-out.number-unreadable", values: { input: "my phone" } },
  });

  const { organizationId } = ctx;
  expect(await db.prisma.misreadOptOut.findMany({ where: { organizationId } })).toMatchObject([
    { input: "my phone", channel: "agent", actor: toStoredActor(ctx.actor) },
  ]);
});

it("finds the phone of a person whose number was erased", async () => {
  const ctx = await aContext();
  const { organizationId, keys } = ctx;
  const e164 = aNumber();
  const phoneKey = keys.phoneKey(organizationId, e164);
  const { id } = await db.prisma.phone.create({ data: { organizationId, phoneKey } });

  await recordOptOut(ctx, refusal({ phone: e164 }));

  expect(await onRecord(ctx)).toMatchObject([{ phoneId: id, phone: { e164: null } }]);
});

it("accepts an opt-out from an agent of another seller", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const sellerIds = [await aSeller(db, organizationId, "bank")];
  const agent = { ...ctx, actor: { type: "member", id: "bob", role: "agent", sellerIds } } as const;

  expect(await recorded(agent, refusal({ scope: { seller: "acme" } }))).toMatchObject({
    notes: [],
  });
});

it("refuses readers", async () => {
  const ctx = await aContext();
  await expect(recordOptOut(as(ctx, "auditor"), refusal())).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("does not touch the same number of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const input = refusal({ at: new Date("2026-01-01T00:00:00Z") });
  await recordOptOut(other, input);

  const { reference } = await recorded(ctx, input);

  expect(await onRecord(other)).not.toMatchObject([{ reference }]);
  expect(await onRecord(ctx)).toMatchObject([{ reference }]);
});

it("cannot be undone, not even by us", async () => {
  const ctx = await aContext();
  const { id } = await recorded(ctx, refusal());
  const where = { id };
  const data = { purpose: "x" };

  await expect(db.prisma.optOut.updateMany({ where, data })).rejects.toThrow("append-only");
  await expect(db.prisma.optOut.deleteMany({ where })).rejects.toThrow("append-only");
});

const tell = (by: ServiceContext) => recordOptOut(by, { phone: "not me", channel: "agent" });

it("saves the same unreadable words once, also concurrently", async () => {
  const ctx = await aContext();
  const work = async (first: ServiceContext) => {
    await tell(first);
    const second = tell(ctx);
    await waitForLockWaiter();
    return { second };
  };
  const { second } = await inTransaction(ctx, work, { timeoutMs: 30_000 });
  expect((await second).fault).toMatchObject({ key: "opt-out.number-unreadable" });
  expect(await listUnreadableOptOuts(ctx)).toMatchObject({ count: 1 });
});
