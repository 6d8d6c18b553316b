import { expect, it } from "vitest";
import { aCallablePhone } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { asked, textOf } from "../../../testing/reassigned.ts";
import { askReassigned } from "./ask-reassigned.ts";

it("asks about the numbers of the United States, each since the day of its last consent", async () => {
  const ctx = await aContext();
  const { phone } = await aCallablePhone(ctx);
  const { organizationId } = ctx;
  const known = await db.prisma.consentEvent.findFirstOrThrow({ where: { organizationId } });
  const { id: _, ...again } = known;
  // Where it is the 9th of February, the day is over somewhere: it is the 8th that is asked about.
  await db.prisma.consentEvent.create({
    data: { ...again, type: "renewed", at: new Date("2026-02-09T11:59:59Z"), actor: {} },
  });
  await db.prisma.consentEvent.create({
    data: { ...again, type: "withdrawn", at: new Date("2026-03-09T12:00:00Z"), actor: {} },
  });
  const abroad = await db.prisma.phone.create({ data: { organizationId, e164: "+442071838750" } });
  const canadian = await db.prisma.phone.create({ data: { organizationId, e164: "+14165550100" } });
  for (const { id: phoneId } of [abroad, canadian]) {
    await db.prisma.consentEvent.create({ data: { ...again, phoneId, actor: {} } });
  }

  const { id, numbers } = await askReassigned(ctx);

  expect(numbers).toBe(1);
  expect(await textOf(ctx, id)).toBe(`${phone.slice(2)},2026-02-08\n`);
  const audit = { organizationId, action: "reassigned.ask" };
  expect(
    await db.prisma.auditEntry.findMany({ where: audit, orderBy: { id: "asc" } }),
  ).toMatchObject([
    { details: { queryId: id, numbers: 1 } },
    { details: { queryId: id, file: 1, exported: true } },
  ]);
});

it("has nothing to ask about where nobody consented", async () => {
  const ctx = await aContext();
  await expect(askReassigned(ctx)).rejects.toMatchObject({
    explanation: { key: "error.reassigned-nobody" },
  });
});

it("is for an officer, and asks about no number of another organization", async () => {
  const { ctx } = await asked(1);
  await expect(askReassigned(as(ctx, "auditor"))).rejects.toMatchObject({ code: "forbidden" });
  await expect(askReassigned(await aContext())).rejects.toMatchObject({ code: "conflict" });
});
