import { ContactId, PhoneId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import { findPhoneId } from "../../../testing/phones.ts";
import {
  aCall,
  aRetentionOffice,
  ageCalls,
  british,
  countRows,
} from "../../../testing/retention.ts";
import { saveOptOuts } from "../../do-not-call/opt-out/record.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { inTransaction } from "../../platform/context.ts";
import { assertNotHeld } from "../legal-hold/assert-not-held.ts";
import { liftRestriction, restrictContact } from "../restriction/restrict.ts";

it("keeps the records of a person whose processing is restricted, who may still ask to be erased", async () => {
  const office = await aRetentionOffice();
  const { ctx, publishPolicy, sweep } = office;
  await recordContacts(ctx, { rows: [{ externalId: "grace", phones: [british] }] });
  await aCall(office, british);
  await ageCalls(office, 800);
  await publishPolicy({ calls: 400, screenings: 400 });
  const { id } = await ctx.db.prisma.contact.findFirstOrThrow();
  const contactId = ContactId.parse(id);
  await restrictContact(ctx, { contactId, ground: "needed_for_claims" });
  const phoneIds = [await findPhoneId(ctx, british)];
  await inTransaction(ctx, (ctx) => assertNotHeld(ctx, { contactIds: [contactId], phoneIds }));

  await sweep();
  expect(await countRows(office, "call")).toBe(1);
  expect(await countRows(office, "screening")).toBe(1);

  await liftRestriction(ctx, { contactId, reason: "claims_settled", isPersonTold: true });
  await sweep();
  expect(await countRows(office, "call")).toBe(0);
});

it("keeps a call in which somebody opted out, according to the dialer's log", async () => {
  const office = await aRetentionOffice();
  const { ctx, publishPolicy, sweep } = office;
  await aCall(office, british);
  await aCall(office, "+447400123458");
  const { at, phoneId } = await ctx.db.prisma.call.findFirstOrThrow({
    where: { phone: { e164: british } },
  });
  await inTransaction(ctx, (ctx) =>
    saveOptOuts(ctx, [
      {
        phoneId: PhoneId.parse(phoneId),
        scope: { scope: "all" },
        channel: "disposition",
        at: new Date(at.getTime() + 1_000),
      },
    ]),
  );
  await ageCalls(office, 800);
  await office.age("opt_out", ["at", "recorded_at"], 800);
  await publishPolicy({ calls: 400, screenings: 400 });
  await sweep();
  const kept = await ctx.db.prisma.call.findMany({ select: { phoneId: true } });
  expect(kept).toEqual([{ phoneId }]);
});

it("keeps the entries of the trail about withdrawals, restrictions and lists of opt-outs", async () => {
  const { ctx, publishPolicy, sweep, age } = await aRetentionOffice();
  const { organizationId } = ctx;
  const entries = [
    { action: "consent.record", details: { withdrawn: true } },
    { action: "import.run", details: { kind: "opt_outs" } },
    { action: "import.run", details: { kind: "suppressions" } },
    { action: "restriction.change", details: {} },
    { action: "import.run", details: { kind: "contacts" } },
    { action: "consent.record", details: {} },
  ];
  for (const entry of entries) {
    await ctx.db.prisma.auditEntry.create({
      data: { organizationId, actor: {}, at: new Date(), ...entry },
    });
  }
  await age("audit_entry", ["at"], 14_000);
  await publishPolicy({ audit: 1_000 });
  await sweep();
  const kept = await ctx.db.prisma.auditEntry.findMany({
    where: { at: { lt: new Date(Date.now() - 13_000 * 86_400_000) } },
    orderBy: { id: "asc" },
    select: { action: true, details: true },
  });
  expect(kept).toEqual(entries.slice(0, 4));
});
