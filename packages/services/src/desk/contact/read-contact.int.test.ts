import { ContactId } from "@ringfence/core/ids";
import { aNumber, aPhone } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { openStopLink } from "../../do-not-call/stop-page/links.ts";
import { readContact } from "./read-contact.ts";

async function scene() {
  const ctx = await aContext();
  const e164 = aNumber();
  const phoneId = await aPhone(db, ctx.organizationId, { e164 });
  const where = { phones: { some: { phoneId } } };
  const { id } = await db.prisma.contact.findFirstOrThrow({ where });
  return { ctx, e164, phoneId, id: ContactId.parse(id) };
}

it("shows everything known about a person", async () => {
  const { ctx, e164, phoneId, id } = await scene();
  expect(await readContact(ctx, id)).toMatchObject({
    id,
    name: "Ada",
    addressRegion: "US-TX",
    phones: [{ id: phoneId, e164 }],
  });
});

it("gives the stop link of each phone to who may record a refusal, and to no one else", async () => {
  const { ctx, phoneId, id } = await scene();
  const [phone] = (await readContact(ctx, id)).phones;
  const person = await openStopLink(ctx, phone?.stopLink ?? "");
  expect(person.actor).toEqual({ type: "person", phoneId });
  const { phones } = await readContact(as(ctx, "auditor"), id);
  expect(phones).toMatchObject([{ id: phoneId, stopLink: null }]);
});

it("does not see a contact of another organization", async () => {
  const [{ id }, { ctx }] = [await scene(), await scene()];
  await expect(readContact(ctx, id)).rejects.toMatchObject({
    code: "not-found",
    explanation: { key: "contact.not-found" },
  });
});
