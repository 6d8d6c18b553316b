import type { PurposeStanding } from "@ringfence/core/consents/consent";
import { ConsentId, PhoneId } from "@ringfence/core/ids";
import { type TransactionContext, visibleSellerIds } from "../../platform/internal.ts";
import { loadStandings } from "../../consents/consent/internal.ts";
import { findForgedCorrections } from "../../proof/record/internal.ts";

/** A person's standing in one word. Which calls are allowed is for a screening to say. */
export type ContactStanding = PurposeStanding["status"] | "opted-out";

/**
 * The first of these that any of their phones has is shown. `granted` comes first, because it is a reason
 * to look closer.
 */
const standingOrder: readonly ContactStanding[] = [
  "granted",
  "opted-out",
  "held",
  "requested",
  "expired",
  "withdrawn",
  "invalidated",
];

/**
 * Loads the standings of contacts. People who never agreed or opted out have none. Of opt-outs, only those from all
 * calls count. Consents to sellers for whom the actor does not work are ignored.
 */
export async function loadContactStandings(
  ctx: TransactionContext,
  contactIds: readonly string[],
): Promise<Map<string, ContactStanding>> {
  const { db, organizationId } = ctx;
  const owned = await db.contactPhone.findMany({
    where: { organizationId, contactId: { in: [...contactIds] } },
    select: { contactId: true, phoneId: true },
  });
  const byPhone = await loadPhoneStandings(ctx, [...new Set(owned.map(({ phoneId }) => phoneId))]);
  const standings = new Map<string, ContactStanding>();
  for (const [contactId, phones] of Map.groupBy(owned, ({ contactId }) => contactId)) {
    const all = new Set(phones.flatMap(({ phoneId }) => byPhone.get(phoneId) ?? []));
    const first = standingOrder.find((standing) => all.has(standing));
    if (first) standings.set(contactId, first);
  }
  return standings;
}

async function loadPhoneStandings(ctx: TransactionContext, phoneIds: readonly string[]) {
  const { db, organizationId } = ctx;
  const ofThese = { organizationId, phoneId: { in: [...phoneIds] } };
  const sellers = visibleSellerIds(ctx.actor);
  const events = await db.consentEvent.findMany({
    where: { ...ofThese, ...(sellers && { sellerId: { in: [...sellers] } }) },
    distinct: ["consentId", "phoneId"],
    select: { consentId: true, phoneId: true },
  });
  const consents = events.map(({ consentId, phoneId }) => ({
    id: ConsentId.parse(consentId),
    phoneId: PhoneId.parse(phoneId),
  }));
  const standingsOfConsents = await loadStandings(ctx, consents);
  const forged = await findForgedCorrections(ctx);
  const optOuts = await db.optOut.findMany({
    where: {
      ...ofThese,
      scope: "all",
      OR: [{ answers: { none: { isAccepted: true } } }, { id: { in: forged } }],
    },
    distinct: ["phoneId"],
    select: { phoneId: true },
  });

  const byPhone = new Map<string, ContactStanding[]>();
  const add = (phoneId: string, standing: ContactStanding) =>
    byPhone.set(phoneId, [...(byPhone.get(phoneId) ?? []), standing]);
  for (const [index, { phoneId }] of consents.entries()) {
    for (const { status } of standingsOfConsents[index] ?? []) add(phoneId, status);
  }
  for (const { phoneId } of optOuts) add(phoneId, "opted-out");
  return byPhone;
}
