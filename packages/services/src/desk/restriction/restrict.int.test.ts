import { ContactId } from "@ringfence/core/ids";
import { describe, expect, it } from "vitest";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { aCallablePhone, addAnotherPhone } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { verifyPermit } from "../../calling/screening/verify-permit.ts";
import { endSuppression } from "../../do-not-call/suppression/end.ts";
import { recordSuppression } from "../../do-not-call/suppression/record.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { readContact } from "../contact/read-contact.ts";
import { liftRestriction, restrictContact } from "./restrict.ts";

const purpose = "marketing.loans";

/** A contact who can be called, and what a call to them is answered. */
async function scene() {
  const ctx = await aContext();
  const callable = await aCallablePhone(ctx);
  const contactId = ContactId.parse(callable.contactId);
  const screen = (phone: string = callable.phone) => screenCall(ctx, { phone, purpose });
  const listReasons = async (phone?: string) =>
    (await screen(phone)).refusals.map(({ reason }) => reason);
  const restrict = (by: RootContext = ctx) =>
    restrictContact(by, { contactId, ground: "accuracy_contested" });
  const lift = () =>
    liftRestriction(ctx, { contactId, reason: "accuracy_settled", isPersonTold: true });
  return { ctx, ...callable, contactId, screen, listReasons, restrict, lift };
}

describe("a restriction of processing", () => {
  it("refuses calls with a reason of its own, until it is lifted", async () => {
    const { ctx, contactId, listReasons, restrict, lift } = await scene();
    expect(await listReasons()).toEqual([]);
    const { at } = await restrict();
    expect(await listReasons()).toEqual(["processing-restricted"]);
    expect((await readContact(ctx, contactId)).restrictions).toMatchObject([
      { ground: "accuracy_contested", at, end: null },
    ]);
    await lift();
    expect(await listReasons()).toEqual([]);
    expect((await readContact(ctx, contactId)).restrictions).toMatchObject([
      { ground: "accuracy_contested", end: { reason: "accuracy_settled" } },
    ]);
  });

  it("covers every phone of the person, also one that comes later", async () => {
    const { ctx, contactId, listReasons, restrict } = await scene();
    const before = await addAnotherPhone(ctx, contactId);
    await restrict();
    const later = await addAnotherPhone(ctx, contactId);
    for (const { phone } of [before, later]) {
      expect(await listReasons(phone)).toContain("processing-restricted");
    }
  });

  it("makes a permit worthless that was issued before it", async () => {
    const { ctx, phone, screen, restrict } = await scene();
    const { permit } = await screen();
    await restrict();
    const verified = await verifyPermit(ctx, { permit: permit ?? "", phone, singleUse: false });
    expect(verified.verdict).toBe("refuse");
    expect(verified.refusals.map(({ reason }) => reason)).toEqual(["processing-restricted"]);
  });

  it("is not ended as a suppression, and not recorded as one", async () => {
    const { ctx, restrict, listReasons, phone } = await scene();
    await restrict();
    const { id } = await db.prisma.suppression.findFirstOrThrow({
      where: { organizationId: ctx.organizationId, reason: "restriction" },
    });
    await expect(endSuppression.receive(ctx, { id, reason: "mistake" })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(recordSuppression.receive(ctx, { phone, reason: "restriction" })).rejects.toThrow(
      "Invalid option",
    );
    expect(await listReasons()).toEqual(["processing-restricted"]);
  });

  it("is not lifted by somebody who writes an end to the database", async () => {
    const { ctx, restrict, listReasons } = await scene();
    await restrict();
    await db.prisma.suppression.updateMany({
      where: { organizationId: ctx.organizationId, reason: "restriction" },
      data: { until: new Date("2026-01-01T00:00:00Z") },
    });
    expect(await listReasons()).toEqual(["processing-restricted"]);
  });

  it("of two people who share a phone stays for both until both are lifted", async () => {
    const { ctx, phoneId, restrict, lift, listReasons } = await scene();
    const { organizationId } = ctx;
    const [createdAt, updatedAt] = [new Date(), new Date()];
    const { id } = await db.prisma.contact.create({
      data: { organizationId, createdAt, updatedAt, phones: { create: { phoneId } } },
    });
    const contactId = ContactId.parse(id);
    await restrict();
    await restrictContact(ctx, { contactId, ground: "objection" });
    await lift();
    expect(await listReasons()).toContain("processing-restricted");
    await liftRestriction(ctx, { contactId, reason: "objection_settled", isPersonTold: true });
    expect(await listReasons()).not.toContain("processing-restricted");
  });

  it("stays for somebody who is restricted while another with the same phone is freed", async () => {
    const { ctx, phoneId, restrict, lift, listReasons } = await scene();
    const { organizationId } = ctx;
    const [createdAt, updatedAt] = [new Date(), new Date()];
    const { id } = await db.prisma.contact.create({
      data: { organizationId, createdAt, updatedAt, phones: { create: { phoneId } } },
    });
    await restrict();
    let lifting: Promise<unknown> = Promise.resolve();
    await inTransaction(ctx, async (ctx) => {
      await restrictContact(ctx, { contactId: ContactId.parse(id), ground: "objection" });
      lifting = lift();
      await waitForLockWaiter();
    });
    await lifting;
    expect(await listReasons()).toContain("processing-restricted");
  });

  it("is set once, lifted once, and needs a phone", async () => {
    const { ctx, restrict, lift } = await scene();
    await restrict();
    await expect(restrict()).rejects.toMatchObject({ code: "conflict" });
    await lift();
    await expect(lift()).rejects.toMatchObject({ code: "conflict" });
    await recordContacts(ctx, { rows: [{ externalId: "silent", phones: [] }] });
    const { id } = await db.prisma.contact.findFirstOrThrow({
      where: { organizationId: ctx.organizationId, externalId: "silent" },
    });
    await expect(
      restrictContact(ctx, { contactId: ContactId.parse(id), ground: "unlawful" }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("is for owners and officers, who say that the person was told", async () => {
    const { ctx, contactId, restrict } = await scene();
    for (const role of ["marketer", "agent", "auditor", "developer"] as const) {
      await expect(restrict(as(ctx, role))).rejects.toMatchObject({ code: "forbidden" });
    }
    await restrict();
    const untold = { contactId, reason: "mistake", isPersonTold: false };
    await expect(liftRestriction.receive(ctx, untold)).rejects.toThrow("expected true");
  });

  it("is in the audit trail by the contact", async () => {
    const { ctx, contactId, restrict, lift } = await scene();
    await restrict();
    await lift();
    const entries = await db.prisma.auditEntry.findMany({
      where: { organizationId: ctx.organizationId, action: "restriction.change" },
      orderBy: { id: "asc" },
    });
    expect(entries.map(({ details }) => details)).toMatchObject([
      { contactId, ground: "accuracy_contested" },
      { contactId, lifted: "accuracy_settled" },
    ]);
  });
});
