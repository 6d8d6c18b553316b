import { Attributes } from "@ringfence/core/contact";
import type { ContactId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { contactStandings } from "./contact-standings.ts";

/** All that is known of a person. */
export async function readContact(ctx: ServiceContext, id: ContactId) {
  allow(ctx, "contact.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const contact = await db.contact.findUnique({
      where: { organizationId_id: { organizationId, id } },
      include: { phones: { select: { phone: { select: { id: true, e164: true } } } } },
    });
    if (contact === null) throw new ServiceError("not-found", { key: "contact.not-found" });
    await appendAudit(ctx, "contact.read", { contactId: id });
    const standings = await contactStandings(ctx, [id]);
    const { phones, attributes, ...rest } = contact;
    return {
      ...rest,
      attributes: Attributes.parse(attributes),
      phones: phones.map(({ phone }) => phone),
      standing: standings.get(id) ?? null,
    };
  });
}
