import type { MisreadOptOutId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { listMisreadOptOuts } from "./list-misread-opt-outs.ts";
import { listOptOuts } from "./list-opt-outs.ts";
import { mendOptOut } from "./mend-opt-out.ts";
import { optOut } from "./opt-out.ts";

async function scene() {
  const ctx = await aContext();
  await optOut(ctx, { phone: "214 555", channel: "sms" });
  const [misread] = (await listMisreadOptOuts(ctx)).items;
  if (misread === undefined) throw new Error("nothing waits");
  return { ctx, misread };
}

const waiting = async (ctx: RootContext) => (await listMisreadOptOuts(ctx)).count;

it("puts it on record for the number that was meant, since it came", async () => {
  const { ctx, misread } = await scene();
  const phone = aNumber();

  const { reference } = await mendOptOut(ctx, { id: misread.id, phone });

  expect((await listOptOuts(ctx, { limit: 9 })).items).toMatchObject([
    { phone, reference, scope: {}, channel: "sms", effectiveAt: misread.recordedAt },
  ]);
  expect(await waiting(ctx)).toBe(0);
  const where = { organizationId: ctx.organizationId, action: "opt-out.mend" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { details: { misreadId: misread.id } },
  ]);
});

it("keeps it waiting for as long as the number is none", async () => {
  const { ctx, misread } = await scene();
  await expect(mendOptOut(ctx, { id: misread.id, phone: "214" })).rejects.toMatchObject({
    code: "invalid",
    path: "/phone",
  });
  expect(await waiting(ctx)).toBe(1);
});

it("is done once, however many try", async () => {
  const { ctx, misread } = await scene();
  const tries = await Promise.allSettled(
    [aNumber(), aNumber(), aNumber()].map((phone) => mendOptOut(ctx, { id: misread.id, phone })),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await listOptOuts(ctx, { limit: 9 })).items).toHaveLength(1);
});

it("is for officers", async () => {
  const { ctx, misread } = await scene();
  const given = { id: misread.id, phone: aNumber() };
  await expect(mendOptOut(as(ctx, "auditor"), given)).rejects.toMatchObject({ code: "forbidden" });
});

it("does not find one of another organization", async () => {
  const [{ misread }, other] = [await scene(), await aContext()];
  const given: { id: MisreadOptOutId; phone: string } = { id: misread.id, phone: aNumber() };
  await expect(mendOptOut(other, given)).rejects.toMatchObject({ code: "not-found" });
});
