import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { listMisreadOptOuts } from "./list-misread-opt-outs.ts";
import { optOut } from "./opt-out.ts";

it("lists those that wait, the oldest first, with what came and from whom", async () => {
  const { ctx } = await aMember();
  await optOut(ctx, { phone: "214 555", channel: "agent" });
  await optOut(ctx, { phone: "my phone", channel: "web" });

  expect(await listMisreadOptOuts(ctx)).toMatchObject({
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

it("is not for agents", async () => {
  const ctx = await aContext();
  await expect(listMisreadOptOuts(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});

it("does not list those of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await optOut(ctx, { phone: "214 555", channel: "agent" });
  expect(await listMisreadOptOuts(other)).toEqual({ items: [], count: 0 });
});
