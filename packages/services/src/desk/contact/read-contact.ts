import { ServiceError, query } from "../../platform/internal.ts";
import { Attributes } from "@ringfence/core/people/contact";
import { may } from "@ringfence/core/platform/access";
import { ContactId, PhoneId } from "@ringfence/core/ids";
import { loadPhoneLookups, noLookup } from "../../do-not-call/reassigned/internal.ts";
import { createStopLink } from "../../do-not-call/stop-page/internal.ts";
import { loadPreferences } from "../../do-not-call/call-preference/internal.ts";
import { listHandedOutCodes } from "../own-record/internal.ts";
import { loadRestrictions } from "../restriction/internal.ts";
import { loadContactStandings } from "./contact-standings.ts";

/**
 * Reads a contact with its attributes, phones and standing. Members who may record opt-outs get `stopLink`; anyone who
 * has the link can opt its phone out.
 */
export const readContact = query({
  name: "readContact",
  action: "contact.read",
  input: ContactId,
  run: async (ctx, id) => {
    const { db, organizationId } = ctx;
    const contact = await db.contact.findUnique({
      where: { organizationId_id: { organizationId, id } },
      include: { phones: { select: { phone: { select: { id: true, e164: true } } } } },
    });
    if (contact === null) throw new ServiceError("not-found", { key: "contact.not-found" });
    const restrictions = await loadRestrictions(ctx, id);
    const standings = await loadContactStandings(ctx, [id]);
    const { phones, attributes, ...rest } = contact;
    const lines = await loadPhoneLookups(
      ctx,
      phones.map(({ phone }) => phone.id),
    );
    const mayGive = may(ctx.actor, "opt-out.record");
    return {
      ...rest,
      attributes: Attributes.parse(attributes),
      phones: phones.map(({ phone: { id, e164 } }) => ({
        id,
        e164,
        line: lines.get(id) ?? noLookup,
        stopLink: mayGive && e164 !== null ? createStopLink(ctx, PhoneId.parse(id)) : null,
      })),
      standing: standings.get(id) ?? null,
      /** The person's call preferences, for all of their phones. */
      preferences: await loadPreferences(
        ctx,
        phones.map(({ phone: { id } }) => PhoneId.parse(id)),
      ),
      /** Codes that members issued for the person's own record, latest first. */
      handedOut: await listHandedOutCodes(
        ctx,
        phones.map(({ phone: { id } }) => id),
      ),
      /** Restrictions of processing, newest first. */
      restrictions,
    };
  },
  audit: (_, contactId) => ({ contactId }),
});
