import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { aCalledPerson, called, scan } from "../../../testing/violations.ts";
import { erasePerson } from "../../desk/erasure/erase-person.ts";
import { noteViolation } from "./note-violation.ts";

async function scene() {
  const { ctx, phone, phoneId, contactId } = await aCalledPerson();
  await called(ctx, phone);
  const [found] = await scan(ctx);
  if (!found) throw new Error("none was found");
  return { ctx, phone, phoneId, contactId, violationId: found.id };
}

it("keeps what was written until the person is erased, and the step for good", async () => {
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
