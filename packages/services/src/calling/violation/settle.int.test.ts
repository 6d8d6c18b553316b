import { MemberId } from "@ringfence/core/ids";
import { describe, expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aCalledPerson, called, scan } from "../../../testing/violations.ts";
import { assignViolation, closeViolation, noteViolation } from "./settle.ts";
import { readViolation } from "./list.ts";
import { erasePerson } from "../../desk/erasure/erase-person.ts";

describe("assign violation", () => {
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

  it("assigns a violation to an officer, and back to everyone", async () => {
    const { ctx, violationId, ownerId } = await scene();
    await assignViolation(ctx, { violationId, ownerId });
    expect((await scan(ctx))[0]?.owner).toEqual({ id: ownerId, name: "Olga" });
    await assignViolation(ctx, { violationId, ownerId: null });
    expect((await scan(ctx))[0]?.owner).toBeNull();
  });

  it("does not assign it to a member who may not settle it", async () => {
    const { ctx, violationId, ownerId } = await scene("agent");
    await expect(assignViolation(ctx, { violationId, ownerId })).rejects.toMatchObject({
      code: "invalid-field",
      path: "/ownerId",
    });
  });

  it.each(["removedAt", "accessEndedAt"])(
    "does not assign it to a member with %s, nor offer them",
    async (ended) => {
      const { ctx, violationId, ownerId } = await scene();
      await db.prisma.member.updateMany({ where: { id: ownerId }, data: { [ended]: new Date() } });

      await expect(assignViolation(ctx, { violationId, ownerId })).rejects.toMatchObject({
        code: "invalid-field",
      });
      expect((await readViolation(ctx, violationId)).owners).toEqual([]);
    },
  );

  it("refuses auditors, and another organization", async () => {
    const { ctx, violationId } = await scene();
    const asked = { violationId, ownerId: null };
    await expect(assignViolation(as(ctx, "auditor"), asked)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(assignViolation(await aContext(), asked)).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("note violation", () => {
  async function scene() {
    const { ctx, phone, phoneId, contactId } = await aCalledPerson();
    await called(ctx, phone);
    const [found] = await scan(ctx);
    if (!found) throw new Error("none was found");
    return { ctx, phone, phoneId, contactId, violationId: found.id };
  }

  it("keeps the note until the person is erased, and the step forever", async () => {
    const { ctx, phoneId, violationId } = await scene();
    await noteViolation(ctx, { violationId, text: "Ada called back" });
    const where = { organizationId: ctx.organizationId };
    expect(await db.prisma.violationNote.count({ where })).toBe(1);

    await erasePerson(ctx, { person: { phoneId }, reason: "asked" });
    expect(await db.prisma.violationNote.count({ where })).toBe(0);
    expect(await db.prisma.violationStep.count({ where })).toBe(1);
  });

  it("does not find one of another organization", async () => {
    const { violationId } = await scene();
    const asked = { violationId, text: "Mine" };
    await expect(noteViolation(await aContext(), asked)).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("close violation", () => {
  async function scene() {
    const { ctx, phone } = await aCalledPerson();
    await called(ctx, phone);
    const [found] = await scan(ctx);
    if (!found) throw new Error("none was found");
    return { ctx, close: { violationId: found.id, reason: "mended", text: "Done" } as const };
  }

  it("closes it once when several members try at once", async () => {
    const { ctx, close } = await scene();
    const tried = await Promise.allSettled([
      closeViolation(ctx, close),
      closeViolation(ctx, close),
    ]);
    expect(tried.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(closeViolation(ctx, close)).rejects.toMatchObject({ code: "conflict" });
    expect(await scan(ctx)).toEqual([]);
  });

  it("is allowed to officers and owners, and refused to auditors", async () => {
    const { ctx, close } = await scene();
    await expect(closeViolation(as(ctx, "auditor"), close)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("does not find one of another organization", async () => {
    const { close } = await scene();
    await expect(closeViolation(await aContext(), close)).rejects.toMatchObject({
      code: "not-found",
    });
  });
});
