import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { discardMisread } from "./discard-misread.ts";
import { listDiscardedMisreads } from "./list-discarded-misreads.ts";
import { listMisreadOptOuts } from "./list-misread-opt-outs.ts";
import { optOut } from "./opt-out.ts";

it("lists what was laid aside, the last first, with the words, why, and by whom", async () => {
  const { ctx } = await aMember();
  await optOut(ctx, { phone: "214 555", channel: "agent" });
  await optOut(ctx, { phone: "my phone", channel: "web" });
  await optOut(ctx, { phone: "that one", channel: "web" });
  const [first, second] = (await listMisreadOptOuts(ctx)).items;
  for (const waiting of [second, first]) {
    if (waiting) await discardMisread(ctx, { id: waiting.id, reason: "test" });
  }
  expect(await listDiscardedMisreads(ctx)).toMatchObject({
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

it("is not for agents", async () => {
  const ctx = await aContext();
  const asked = listDiscardedMisreads(as(ctx, "agent"));
  await expect(asked).rejects.toMatchObject({ code: "forbidden" });
});

it("does not list those of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await optOut(ctx, { phone: "214 555", channel: "agent" });
  const [waiting] = (await listMisreadOptOuts(ctx)).items;
  if (waiting) await discardMisread(ctx, { id: waiting.id, reason: "test" });
  expect(await listDiscardedMisreads(other)).toEqual({ items: [], count: 0 });
});
