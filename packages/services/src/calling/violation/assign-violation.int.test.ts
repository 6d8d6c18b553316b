import { MemberId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aCalledPerson, called, scan } from "../../../testing/violations.ts";
import { assignViolation } from "./assign-violation.ts";
import { readViolation } from "./read-violation.ts";

async function scene(role: "officer" | "agent" = "officer") {
  const { ctx, phone } = await aCalledPerson();
  await called(ctx, phone);
  const [found] = await scan(ctx);
  if (!found) throw new Error("none was found");
  const { id } = await db.prisma.member.create({
    data: {
      organizationId: ctx.organizationId,
      role,
      name: "Olga",
      email: "olga@x.example",
      passwordHash: "",
    },
  });
  return { ctx, violationId: found.id, ownerId: MemberId.parse(id) };
}

it("gives a violation to an officer, and back to all", async () => {
  const { ctx, violationId, ownerId } = await scene();
  await assignViolation(ctx, { violationId, ownerId });
  expect((await scan(ctx))[0]?.owner).toEqual({ id: ownerId, name: "Olga" });
  await assignViolation(ctx, { violationId, ownerId: null });
  expect((await scan(ctx))[0]?.owner).toBeNull();
});

it("gives it to nobody who may not settle it", async () => {
  const { ctx, violationId, ownerId } = await scene("agent");
  await expect(assignViolation(ctx, { violationId, ownerId })).rejects.toMatchObject({
    code: "invalid-field",
    path: "/ownerId",
  });
});

it("gives it to nobody who was removed, and does not offer them", async () => {
  const { ctx, violationId, ownerId } = await scene();
  await db.prisma.member.updateMany({ where: { id: ownerId }, data: { removedAt: new Date() } });

  await expect(assignViolation(ctx, { violationId, ownerId })).rejects.toMatchObject({
    code: "invalid-field",
  });
  expect((await readViolation(ctx, violationId)).owners).toEqual([]);
});

it("is not for auditors, nor for another organization", async () => {
  const { ctx, violationId } = await scene();
  const asked = { violationId, ownerId: null };
  await expect(assignViolation(as(ctx, "auditor"), asked)).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(assignViolation(await aContext(), asked)).rejects.toMatchObject({
    code: "not-found",
  });
});
