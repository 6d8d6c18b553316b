import { ContactId } from "@ringfence/core/ids";
import { aNumber, aPhone } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, db } from "../../testing/scenes.ts";
import { readContact } from "./read-contact.ts";

async function scene() {
  const ctx = await aContext();
  const e164 = aNumber();
  const phoneId = await aPhone(db, ctx.organizationId, { e164 });
  const where = { phones: { some: { phoneId } } };
  const { id } = await db.prisma.contact.findFirstOrThrow({ where });
  return { ctx, e164, phoneId, id: ContactId.parse(id) };
}

it("tells all that is known of a person", async () => {
  const { ctx, e164, phoneId, id } = await scene();
  expect(await readContact(ctx, id)).toMatchObject({
    id,
    name: "Ada",
    addressRegion: "US-TX",
    phones: [{ id: phoneId, e164 }],
  });
});

it("does not see a contact of another organization", async () => {
  const [{ id }, { ctx }] = [await scene(), await scene()];
  await expect(readContact(ctx, id)).rejects.toMatchObject({
    code: "not-found",
    explanation: { key: "contact.not-found" },
  });
});
