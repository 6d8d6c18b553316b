import { describe, expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import {
  discardUnreadableOptOut,
  listDiscardedOptOuts,
  listUnreadableOptOuts,
  resolveUnreadableOptOut,
  restoreUnreadableOptOut,
} from "./unreadable.ts";
import { recordOptOut } from "./record.ts";
import type { UnreadableOptOutId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import type { RootContext } from "../../platform/context.ts";
import { listOptOuts } from "./list.ts";
import { listNeeds } from "../../desk/today/list-needs.ts";

it("lists those that wait, oldest first, with their text and source", async () => {
  const { ctx } = await aMember();
  await recordOptOut(ctx, { phone: "214 555", channel: "agent" });
  await recordOptOut(ctx, { phone: "my phone", channel: "web" });

  expect(await listUnreadableOptOuts(ctx)).toMatchObject({
    count: 2,
    items: [
      { input: "214 555", channel: "agent", by: { name: "Ada" } },
      { input: "my phone", channel: "web" },
    ],
  });
  const where = { organizationId: ctx.organizationId, action: "opt-out.read" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { details: { misread: 2 } },
  ]);
});

it("refuses agents", async () => {
  const ctx = await aContext();
  await expect(listUnreadableOptOuts(as(ctx, "agent"))).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("lists nothing of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await recordOptOut(ctx, { phone: "214 555", channel: "agent" });
  expect(await listUnreadableOptOuts(other)).toEqual({ items: [], count: 0 });
});

describe("resolveUnreadableOptOut", () => {
  async function scene() {
    const ctx = await aContext();
    await recordOptOut(ctx, { phone: "214 555", channel: "sms" });
    const [misread] = (await listUnreadableOptOuts(ctx)).items;
    if (misread === undefined) throw new Error("nothing waits");
    return { ctx, misread };
  }

  const waiting = async (ctx: RootContext) => (await listUnreadableOptOuts(ctx)).count;

  it("records it for the number that was meant, from when it arrived", async () => {
    const { ctx, misread } = await scene();
    const phone = aNumber();

    const { reference } = await resolveUnreadableOptOut(ctx, { id: misread.id, phone });

    expect((await listOptOuts(ctx, { limit: 9 })).items).toMatchObject([
      { phone, reference, scope: {}, channel: "sms", effectiveAt: misread.recordedAt },
    ]);
    expect(await waiting(ctx)).toBe(0);
    const where = { organizationId: ctx.organizationId, action: "opt-out.mend" };
    expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
      { details: { misreadId: misread.id } },
    ]);
  });

  it("keeps it waiting while the number is not valid", async () => {
    const { ctx, misread } = await scene();
    await expect(
      resolveUnreadableOptOut(ctx, { id: misread.id, phone: "214" }),
    ).rejects.toMatchObject({
      code: "invalid",
      path: "/phone",
    });
    expect(await waiting(ctx)).toBe(1);
  });

  it("is resolved once, however many try", async () => {
    const { ctx, misread } = await scene();
    const tries = await Promise.allSettled(
      [aNumber(), aNumber(), aNumber()].map((phone) =>
        resolveUnreadableOptOut(ctx, { id: misread.id, phone }),
      ),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await listOptOuts(ctx, { limit: 9 })).items).toHaveLength(1);
  });

  it("allows officers", async () => {
    const { ctx, misread } = await scene();
    const given = { id: misread.id, phone: aNumber() };
    await expect(resolveUnreadableOptOut(as(ctx, "auditor"), given)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("finds no opt-out of another organization", async () => {
    const [{ misread }, other] = [await scene(), await aContext()];
    const given: { id: UnreadableOptOutId; phone: string } = { id: misread.id, phone: aNumber() };
    await expect(resolveUnreadableOptOut(other, given)).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("discardUnreadableOptOut", () => {
  async function scene() {
    const ctx = await aContext();
    await recordOptOut(ctx, { phone: "214 555", channel: "sms" });
    const [misread] = (await listUnreadableOptOuts(ctx)).items;
    if (misread === undefined) throw new Error("nothing waits");
    return { ctx, misread, discard: { id: misread.id, reason: "no_refusal" } as const };
  }

  it("sets it aside with who did so and why, and keeps its text", async () => {
    const { ctx, misread, discard } = await scene();
    await discardUnreadableOptOut(ctx, discard);
    expect((await listUnreadableOptOuts(ctx)).count).toBe(0);
    expect((await listNeeds(ctx)).map(({ kind }) => kind)).not.toContain("opt-outs-misread");
    const { organizationId } = ctx;
    expect(await db.prisma.misreadOptOut.findMany({ where: { organizationId } })).toMatchObject([
      {
        id: misread.id,
        input: "214 555",
        discardedAt: expect.any(Date),
        discardReason: "no_refusal",
        discardedBy: { type: "member", id: "ada" },
      },
    ]);
    const where = { organizationId, action: "opt-out.mend" };
    expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
      {
        actor: { type: "member", id: "ada" },
        details: { misreadId: misread.id, discarded: "no_refusal" },
      },
    ]);
    await expect(
      resolveUnreadableOptOut(ctx, { id: misread.id, phone: aNumber() }),
    ).rejects.toMatchObject({
      code: "not-found",
    });
  });

  it("lets the same text wait again if it comes again", async () => {
    const { ctx, discard } = await scene();
    await discardUnreadableOptOut(ctx, discard);
    await recordOptOut(ctx, { phone: "214 555", channel: "sms" });
    expect((await listUnreadableOptOuts(ctx)).count).toBe(1);
  });

  it("is resolved once, however many try", async () => {
    const { ctx, discard } = await scene();
    const tries = await Promise.allSettled(
      [1, 2, 3].map(() => discardUnreadableOptOut(ctx, discard)),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("allows officers", async () => {
    const { ctx, discard } = await scene();
    await expect(discardUnreadableOptOut(as(ctx, "auditor"), discard)).rejects.toMatchObject({
      code: "forbidden",
    });
    expect((await listUnreadableOptOuts(ctx)).count).toBe(1);
  });

  it("finds no opt-out of another organization", async () => {
    const [{ discard }, theirs] = [await scene(), await aContext()];
    await expect(discardUnreadableOptOut(theirs, discard)).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("restoreUnreadableOptOut", () => {
  async function scene() {
    const ctx = await aContext();
    await recordOptOut(ctx, { phone: "214 555", channel: "sms" });
    const [misread] = (await listUnreadableOptOuts(ctx)).items;
    if (misread === undefined) throw new Error("nothing waits");
    const { id } = misread;
    await discardUnreadableOptOut(ctx, { id, reason: "test" });
    return { ctx, misread, id };
  }

  it("restores its place in the queue, by its time of arrival", async () => {
    const { ctx, misread, id } = await scene();
    await restoreUnreadableOptOut(as(ctx, "officer"), { id });
    expect(await listUnreadableOptOuts(ctx)).toEqual({ items: [misread], count: 1 });
    const where = { organizationId: ctx.organizationId, action: "opt-out.mend" };
    const rows = await db.prisma.auditEntry.findMany({ where, orderBy: { id: "asc" } });
    expect(rows).toMatchObject([{}, { details: { misreadId: id, takenUp: true } }]);
  });

  it("is resolved once, however many try", async () => {
    const { ctx, id } = await scene();
    const tries = await Promise.allSettled(
      [1, 2, 3].map(() => restoreUnreadableOptOut(ctx, { id })),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("allows officers", async () => {
    const { ctx, id } = await scene();
    await expect(restoreUnreadableOptOut(as(ctx, "auditor"), { id })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect((await listUnreadableOptOuts(ctx)).count).toBe(0);
  });

  it("finds no opt-out of another organization", async () => {
    const [{ id }, theirs] = [await scene(), await aContext()];
    await expect(restoreUnreadableOptOut(theirs, { id })).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

it("lists discarded ones, last discarded first, with text, reason and who did it", async () => {
  const { ctx } = await aMember();
  await recordOptOut(ctx, { phone: "214 555", channel: "agent" });
  await recordOptOut(ctx, { phone: "my phone", channel: "web" });
  await recordOptOut(ctx, { phone: "that one", channel: "web" });
  const [first, second] = (await listUnreadableOptOuts(ctx)).items;
  for (const waiting of [second, first]) {
    if (waiting) await discardUnreadableOptOut(ctx, { id: waiting.id, reason: "test" });
  }
  expect(await listDiscardedOptOuts(ctx)).toMatchObject({
    count: 2,
    items: [
      { input: "214 555", channel: "agent", reason: "test", by: { name: "Ada" } },
      { input: "my phone", channel: "web" },
    ],
  });
  const where = { organizationId: ctx.organizationId, action: "opt-out.read" };
  expect(await db.prisma.auditEntry.findMany({ where, orderBy: { id: "asc" } })).toMatchObject([
    {},
    { details: { discarded: 2 } },
  ]);
});

it("refuses agents", async () => {
  const ctx = await aContext();
  const asked = listDiscardedOptOuts(as(ctx, "agent"));
  await expect(asked).rejects.toMatchObject({ code: "forbidden" });
});

it("lists nothing of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await recordOptOut(ctx, { phone: "214 555", channel: "agent" });
  const [waiting] = (await listUnreadableOptOuts(ctx)).items;
  if (waiting) await discardUnreadableOptOut(ctx, { id: waiting.id, reason: "test" });
  expect(await listDiscardedOptOuts(other)).toEqual({ items: [], count: 0 });
});
