import { ContactId } from "@ringfence/core/ids";
import type { Actor } from "@ringfence/core/platform/access";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aRetentionOffice } from "../../../testing/retention.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { erasePerson } from "../erasure/erase-person.ts";
import { answerLift, listHolds, placeHold, proposeLift } from "./legal-hold.ts";

const reason = "Hopperova takes us to court.";

async function aHeldContact() {
  const office = await aRetentionOffice();
  const { ctx } = office;
  await recordContacts(ctx, { rows: [{ externalId: "grace", phones: ["+447400123456"] }] });
  const { id } = await ctx.db.prisma.contact.findFirstOrThrow();
  const contactId = ContactId.parse(id);
  const hold = await placeHold(ctx, { on: { scope: "contact", contactId }, reason });
  const erase = () => erasePerson(ctx, { person: { contactId }, reason: "asked" });
  return { ...office, contactId, hold, erase };
}

it("keeps one officer from erasing the person, until another officer agrees to lift it", async () => {
  const { ctx, other, hold, erase } = await aHeldContact();
  await expect(erase()).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "legal-hold.person-held" },
  });
  const lift = await proposeLift(ctx, { holdId: hold.id, reason });
  await expect(proposeLift(other, { holdId: hold.id, reason })).rejects.toMatchObject({
    explanation: { key: "legal-hold.lift-open" },
  });
  await expect(erase()).rejects.toMatchObject({ code: "conflict" });
  expect(await listHolds(ctx)).toMatchObject([
    { reason, liftedAt: null, lift: { acceptFault: { key: "review.own" } } },
  ]);
  await answerLift(other, { liftId: lift.id, isAccepted: true });

  await erase();
  expect(await listHolds(ctx)).toMatchObject([{ reason: null, liftedAt: expect.any(Date) }]);
});

it("hides reasons from members of some sellers, and audits that holds were shown", async () => {
  const { ctx } = await aHeldContact();
  const sellerIds = [await aSeller(ctx.db, ctx.organizationId)];
  const actor: Actor = { type: "member", id: "bo", role: "officer", sellerIds, isProven: true };
  expect(await listHolds({ ...ctx, actor })).toMatchObject([{ reason: null, liftedAt: null }]);
  const shown = { action: "legal-hold.read", details: { listed: 1 } };
  expect(
    await ctx.db.prisma.auditEntry.findMany({ orderBy: { id: "desc" }, take: 1 }),
  ).toMatchObject([shown]);
});

it("loses its reason when the person named in it is erased, even if it covers everything", async () => {
  const { ctx, other } = await aRetentionOffice();
  const phone = "+447400123456";
  await recordContacts(ctx, { rows: [{ externalId: "g", phones: [phone], name: "Grace Hopper" }] });
  const { id } = await ctx.db.prisma.contact.findFirstOrThrow();
  const on = { scope: "everything" } as const;
  for (const reason of ["grace hopper sues us.", "A lawyer wrote.", "Calls to +44 7400 123-456."]) {
    const hold = await placeHold(ctx, { on, reason });
    const lift = await proposeLift(ctx, { holdId: hold.id, reason: "It is over now." });
    await answerLift(other, { liftId: lift.id, isAccepted: true });
  }
  await erasePerson(ctx, { person: { contactId: ContactId.parse(id) }, reason: "asked" });
  const holds = await listHolds(ctx);
  expect(holds.map(({ reason }) => reason)).toEqual([null, "A lawyer wrote.", null]);
});

it("stays in force if the other officer declines", async () => {
  const { ctx, other, hold, erase } = await aHeldContact();
  const lift = await proposeLift(ctx, { holdId: hold.id, reason });
  await answerLift(other, { liftId: lift.id, isAccepted: false });
  await expect(erase()).rejects.toMatchObject({ code: "conflict" });
});

it("cannot be lifted by its proposer even with raw SQL", async () => {
  const { ctx, hold } = await aHeldContact();
  const { id: liftId } = await proposeLift(ctx, { holdId: hold.id, reason });
  const { proposedBy } = await ctx.db.prisma.legalHoldLift.findFirstOrThrow();
  const answer = { organizationId: ctx.organizationId, liftId, isAccepted: true };
  await expect(
    ctx.db.prisma.legalHoldLiftAnswer.create({
      data: { ...answer, answeredBy: proposedBy, answeredAt: new Date() },
    }),
  ).rejects.toThrow("another than who proposed it");
});
