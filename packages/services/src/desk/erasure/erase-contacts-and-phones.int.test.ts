import { ContactId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { dumpDatabase, findValue } from "../../../testing/dump.ts";
import { recordActivities } from "../../people/activity/record-activities.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { erasePerson } from "./erase-person.ts";

it("keeps time and amount of activities, and erases every text", async () => {
  const { ctx } = await aLedgerOffice();
  const contact = "grace";
  await recordContacts(ctx, { rows: [{ externalId: contact, phones: [aNumber()] }] });
  const { id } = await ctx.db.prisma.contact.findFirstOrThrow({
    where: { organizationId: ctx.organizationId, externalId: contact },
  });
  const person = { contactId: ContactId.parse(id) };
  const erase = () => erasePerson(ctx, { person, reason: "asked" });
  const did = { at: "2026-03-01T09:00:00Z", externalId: "order-of-grace-1", contact };
  const liked = { ...did, type: "preference", properties: { topic: "the sofa of Grace" } };
  const bought = { ...did, type: "purchase", amount: 12.5, category: "her bedroom" };
  await recordActivities(ctx, { rows: [liked, bought] });
  const whose = { organizationId: ctx.organizationId };
  const { prisma } = ctx.db;
  const emptied = { category: null, properties: {} };
  await expect(prisma.activity.updateMany({ where: whose, data: emptied })).rejects.toThrow(
    "append-only",
  );

  expect((await erase()).erased).toMatchObject({ activity: 2 });
  expect((await erase()).erased).toEqual({});

  const after = await dumpDatabase(ctx.db);
  for (const value of ["order-of-grace-1", "the sofa of Grace", "her bedroom"])
    expect(findValue(after, value)).toEqual([]);
  const kept = await prisma.activity.findMany({ where: whose, orderBy: { type: "asc" } });
  expect(kept).toMatchObject([{ type: "preference" }, { type: "purchase", amount: 1250 }]);
  expect(await prisma.activityRollup.count({ where: whose })).toBe(0);
  expect(await prisma.preferenceRollup.count({ where: whose })).toBe(0);
  await expect(prisma.activity.updateMany({ where: whose, data: { amount: 0 } })).rejects.toThrow(
    "append-only",
  );
  await expect(prisma.activity.deleteMany({ where: whose })).rejects.toThrow("append-only");
});

it("erases an activity whose id looks as if it had been erased", async () => {
  const { ctx } = await aLedgerOffice();
  const contact = "grace";
  await recordContacts(ctx, { rows: [{ externalId: contact, phones: [aNumber()] }] });
  const { organizationId } = ctx;
  const { id, ordinal: contactOrdinal } = await ctx.db.prisma.contact.findFirstOrThrow({
    where: { organizationId, externalId: contact },
  });
  // Recorded before such ids were rejected.
  const at = new Date("2026-03-01T09:00:00Z");
  const did = { organizationId, contactOrdinal, type: "purchase", at, recordedAt: at };
  const ids = ["erased/of-grace", "erased/0195c0de-0000-7000-8000-000000000001"];
  await ctx.db.prisma.activity.createMany({
    data: ids.map((key) => ({ ...did, key, amount: 1250, category: "her velvet bedroom" })),
  });

  const person = { contactId: ContactId.parse(id) };
  expect((await erasePerson(ctx, { person, reason: "asked" })).erased).toMatchObject({
    activity: 2,
  });
  const after = await dumpDatabase(ctx.db);
  for (const value of ["of-grace", "her velvet bedroom"])
    expect(findValue(after, value)).toEqual([]);
});
