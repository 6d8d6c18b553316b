import { query } from "../../platform/verb.ts";
import { ListContacts } from "@ringfence/core/people/contact";
import { phoneShown } from "../../platform/access/phone-shown.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { contactStandings } from "./contact-standings.ts";
import { findContacts } from "../../people/contact/find-contacts.ts";

/** Contacts, last added first, page after page; one alone is opened to see its numbers whole. */
export const listContacts = query({
  name: "listContacts",
  action: "contact.read",
  input: ListContacts,
  run: async (ctx, input) => {
    const { db, organizationId } = ctx;
    const found = await findContacts(ctx, input);
    const rows = await db.contact.findMany({
      where: { organizationId, id: { in: found.slice(0, input.limit) } },
      orderBy: { id: "desc" },
      include: { phones: { select: { phone: { select: { id: true, e164: true } } } } },
    });
    const standings = await contactStandings(
      ctx,
      rows.map(({ id }) => id),
    );
    const items = rows.map(({ phones, ...contact }) => ({
      id: contact.id,
      externalId: contact.externalId,
      name: contact.name,
      addressRegion: contact.addressRegion,
      zone: contact.zone,
      calledParty: contact.calledParty,
      createdAt: contact.createdAt,
      phones: phones.map(({ phone: { id, e164 } }) => ({
        id,
        e164: e164 === null ? null : phoneShown(ctx.actor, e164),
      })),
      standing: standings.get(contact.id) ?? null,
    }));
    if (items.length > 0) await appendAudit(ctx, "contact.read", { listed: items.length });
    return { items, next: found.length > input.limit ? (items.at(-1)?.id ?? null) : null };
  },
  audit: "by run",
});
