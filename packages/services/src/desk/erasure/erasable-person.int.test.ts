import { ContactId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aLedgerOffice } from "../../../testing/certificates.ts";
import { dumpDatabase, findValue } from "../../../testing/dump.ts";
import { findPhoneId } from "../../../testing/phones.ts";
import { aConsent } from "../../../testing/scenes.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { erasePerson } from "./erase-person.ts";

it("keeps a refusal for the person's other phones", async () => {
  const { ctx, publish } = await aLedgerOffice();
  const [phone, second] = [aNumber(), aNumber()];
  const contact = { externalId: "two-phones" };
  await recordConsent(ctx, aConsent({ phone, contact }));
  await recordConsent(ctx, aConsent({ phone: second, contact }));
  await recordOptOut(ctx, { phone, channel: "agent" });
  await publish();
  await erasePerson(ctx, {
    person: { phoneId: await findPhoneId(ctx, second) },
    reason: "asked",
  });

  const { refusals } = await screenCall(ctx, { phone: second, purpose: "marketing" });
  expect(refusals.map(({ reason }) => reason)).toContain("opted-out");
});

/** Grace, who agreed, and Alan, at one phone. */
async function household() {
  const { ctx } = await aLedgerOffice();
  const phone = aNumber();
  const contact = { name: "Grace Hopperova", externalId: "grace" };
  await recordConsent(ctx, aConsent({ phone, contact }));
  const phoneId = await findPhoneId(ctx, phone);
  const { organizationId } = ctx;
  const alan = await ctx.db.prisma.contact.create({
    data: {
      organizationId,
      name: "Alan",
      createdAt: new Date(0),
      updatedAt: new Date(0),
      phones: { create: { phoneId } },
    },
  });
  const grace = await ctx.db.prisma.contact.findFirstOrThrow({
    where: { organizationId, externalId: "grace" },
  });
  const eraseOne = ({ id }: { id: string }) =>
    erasePerson(ctx, { person: { contactId: ContactId.parse(id) }, reason: "asked" });
  const findOccurrences = async (value: string) => findValue(await dumpDatabase(ctx.db), value);
  return { phone, grace, alan, eraseOne, findOccurrences };
}

it("leaves the number of a phone that somebody else has too, and erases whose name it was", async () => {
  const { phone, grace, eraseOne, findOccurrences } = await household();
  await eraseOne(grace);
  expect(await findOccurrences(phone)).not.toEqual([]);
  expect(await findOccurrences("Grace Hopperova")).toEqual([]);
});

it("erases the number with the last of those who shared it", async () => {
  const { phone, grace, alan, eraseOne, findOccurrences } = await household();
  await eraseOne(grace);
  await eraseOne(alan);
  expect(await findOccurrences(phone)).toEqual([]);
});
