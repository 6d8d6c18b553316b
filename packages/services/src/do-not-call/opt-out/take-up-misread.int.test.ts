import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { discardMisread } from "./discard-misread.ts";
import { listMisreadOptOuts } from "./list-misread-opt-outs.ts";
import { optOut } from "./opt-out.ts";
import { takeUpMisread } from "./take-up-misread.ts";

async function scene() {
  const ctx = await aContext();
  await optOut(ctx, { phone: "214 555", channel: "sms" });
  const [misread] = (await listMisreadOptOuts(ctx)).items;
  if (misread === undefined) throw new Error("nothing waits");
  const { id } = misread;
  await discardMisread(ctx, { id, reason: "test" });
  return { ctx, misread, id };
}

it("lets it wait as before, since the moment in which it came", async () => {
  const { ctx, misread, id } = await scene();
  await takeUpMisread(as(ctx, "officer"), { id });
  expect(await listMisreadOptOuts(ctx)).toEqual({ items: [misread], count: 1 });
  const where = { organizationId: ctx.organizationId, action: "opt-out.mend" };
  const rows = await db.prisma.auditEntry.findMany({ where, orderBy: { id: "asc" } });
  expect(rows).toMatchObject([{}, { details: { misreadId: id, takenUp: true } }]);
});

it("is done once, however many try", async () => {
  const { ctx, id } = await scene();
  const tries = await Promise.allSettled([1, 2, 3].map(() => takeUpMisread(ctx, { id })));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

it("is for officers", async () => {
  const { ctx, id } = await scene();
  await expect(takeUpMisread(as(ctx, "auditor"), { id })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await listMisreadOptOuts(ctx)).count).toBe(0);
});

it("does not find one of another organization", async () => {
  const [{ id }, theirs] = [await scene(), await aContext()];
  await expect(takeUpMisread(theirs, { id })).rejects.toMatchObject({ code: "not-found" });
});
