import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { listNeeds } from "../../desk/today/list-needs.ts";
import { discardMisread } from "./discard-misread.ts";
import { listMisreadOptOuts } from "./list-misread-opt-outs.ts";
import { mendOptOut } from "./mend-opt-out.ts";
import { optOut } from "./opt-out.ts";

async function scene() {
  const ctx = await aContext();
  await optOut(ctx, { phone: "214 555", channel: "sms" });
  const [misread] = (await listMisreadOptOuts(ctx)).items;
  if (misread === undefined) throw new Error("nothing waits");
  return { ctx, misread, discard: { id: misread.id, reason: "no_refusal" } as const };
}

it("lays it aside with who did so and why, and keeps the words that came", async () => {
  const { ctx, misread, discard } = await scene();
  await discardMisread(ctx, discard);
  expect((await listMisreadOptOuts(ctx)).count).toBe(0);
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
  await expect(mendOptOut(ctx, { id: misread.id, phone: aNumber() })).rejects.toMatchObject({
    code: "not-found",
  });
});

it("lets the same words wait again when they come again", async () => {
  const { ctx, discard } = await scene();
  await discardMisread(ctx, discard);
  await optOut(ctx, { phone: "214 555", channel: "sms" });
  expect((await listMisreadOptOuts(ctx)).count).toBe(1);
});

it("is done once, however many try", async () => {
  const { ctx, discard } = await scene();
  const tries = await Promise.allSettled([1, 2, 3].map(() => discardMisread(ctx, discard)));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

it("is for officers", async () => {
  const { ctx, discard } = await scene();
  await expect(discardMisread(as(ctx, "auditor"), discard)).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await listMisreadOptOuts(ctx)).count).toBe(1);
});

it("does not find one of another organization", async () => {
  const [{ discard }, theirs] = [await scene(), await aContext()];
  await expect(discardMisread(theirs, discard)).rejects.toMatchObject({ code: "not-found" });
});
