import { randomUUID } from "node:crypto";
import { ContactId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { dumpDatabase, findValue } from "../../../testing/dump.ts";
import { aConsent } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { inTransaction } from "../../platform/internal.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { erasePerson } from "./erase-person.ts";

it("erases their signature and its place from a shared phone, and keeps everything of the other person", async () => {
  const { ctx } = await aLedgerOffice();
  const phone = aNumber();
  const names = ["Grace Hopperova", "Alan Stays"];
  await recordContacts(ctx, {
    rows: names.map((name) => ({ name, externalId: name, phones: [phone] })),
  });
  const signed = (name: string, ip: string, day: string) =>
    recordConsent(
      ctx,
      aConsent({
        phone,
        contact: { name, externalId: name },
        obtainedAt: new Date(`${day}T10:00:00Z`),
        evidence: {
          act: "signed",
          signature: ` ${name.toUpperCase()}`,
          ip,
          userAgent: `${name}/1`,
        },
      }),
    );
  await signed("Grace Hopperova", "198.51.100.77", "2026-01-05");
  await signed("Alan Stays", "198.51.100.88", "2026-01-06");
  const { id } = await ctx.db.prisma.contact.findFirstOrThrow({
    where: { organizationId: ctx.organizationId, name: "Grace Hopperova" },
  });
  await erasePerson(ctx, { person: { contactId: ContactId.parse(id) }, reason: "asked" });

  const dump = await dumpDatabase(ctx.db);
  for (const value of ["GRACE HOPPEROVA", "Grace Hopperova", "198.51.100.77"])
    expect(findValue(dump, value)).toEqual([]);
  for (const value of ["ALAN STAYS", "198.51.100.88", "Alan Stays/1", phone])
    expect(dump).toContain(value);
});

it.each([
  ["+12035550142", "She also has (203) 555-0142."],
  ["+79161234567", "Звонить на 8 916 123-45-67"],
])("deletes a note with the number %s as people write it: %s", async (phone, text) => {
  const { ctx } = await aLedgerOffice();
  const { organizationId, db } = ctx;
  await recordContacts(ctx, {
    rows: [
      { name: "Grace", phones: [phone] },
      { name: "Alan", phones: [aNumber()] },
    ],
  });
  const [grace, alan] = await Promise.all(
    ["Grace", "Alan"].map((name) =>
      db.prisma.contact.findFirstOrThrow({ where: { organizationId, name } }),
    ),
  );
  await inTransaction(ctx, async ({ db, now: placedAt }) => {
    const { id: holdId } = await db.legalHold.create({
      data: {
        organizationId,
        scope: "contact",
        contactId: alan?.id ?? null,
        placedBy: randomUUID(),
        placedAt,
      },
    });
    for (const reason of [text, "The letter of May 4 names case 4155550100."])
      await db.legalHoldReason.create({
        data: { organizationId, id: randomUUID(), holdId, text: reason },
      });
  });
  const person = { contactId: ContactId.parse(grace?.id) };
  await erasePerson(ctx, { person, reason: "asked" });
  const left = await db.prisma.legalHoldReason.findMany({ where: { organizationId } });
  expect(left.map(({ text }) => text)).toEqual(["The letter of May 4 names case 4155550100."]);
});

it("erases nothing of a person who shares a number with somebody under a legal hold", async () => {
  const { ctx } = await aLedgerOffice();
  const phone = aNumber();
  const names = ["Grace Hopperova", "Alan Stays"];
  await recordContacts(ctx, {
    rows: names.map((name) => ({ name, externalId: name, phones: [phone] })),
  });
  const findContact = ({ organizationId, db }: typeof ctx, name: string) =>
    db.prisma.contact.findFirstOrThrow({ where: { organizationId, name } });
  const held = await findContact(ctx, "Alan Stays");
  await inTransaction(ctx, ({ db, organizationId, now: placedAt }) =>
    db.legalHold.create({
      data: {
        organizationId,
        scope: "contact",
        contactId: held.id,
        placedBy: randomUUID(),
        placedAt,
      },
    }),
  );
  const { id } = await findContact(ctx, "Grace Hopperova");
  await expect(
    erasePerson(ctx, { person: { contactId: ContactId.parse(id) }, reason: "asked" }),
  ).rejects.toMatchObject({ explanation: { key: "legal-hold.person-held" } });
  expect(await findContact(ctx, "Grace Hopperova")).toMatchObject({ erasedAt: null });
});
