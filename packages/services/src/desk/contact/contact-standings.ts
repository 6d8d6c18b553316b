import type { PurposeStanding } from "@ringfence/core/consents/consent";
import { ConsentId, PhoneId } from "@ringfence/core/ids";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import { standingsOfConsents } from "../../consents/consent/standing.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { findForgedCorrections } from "../../proof/record/find-forged-corrections.ts";

/** How a person stands, in one word; which calls it is about is for a screening to say. */
export type ContactStanding = PurposeStanding["status"] | "opted-out";

/** The first that holds of any of their phones is the word. What permits comes first: it says why to look. */
const order: readonly ContactStanding[] = [
  "granted",
  "opted-out",
  "held",
  "requested",
  "expired",
  "withdrawn",
  "invalidated",
];

/**
 * How people stand now, by contact; who never agreed and never refused has no word. What was agreed with
 * sellers for whom the actor does not work is passed over.
 */
export async function contactStandings(
  ctx: TransactionContext,
  contactIds: readonly string[],
): Promise<Map<string, ContactStanding>> {
  const { db, organizationId } = ctx;
  const owned = await db.contactPhone.findMany({
    where: { organizationId, contactId: { in: [...contactIds] } },
    select: { contactId: true, phoneId: true },
  });
  const byPhone = await phoneStandings(ctx, [...new Set(owned.map(({ phoneId }) => phoneId))]);
  const words = new Map<string, ContactStanding>();
  for (const [contactId, phones] of Map.groupBy(owned, ({ contactId }) => contactId)) {
    const all = new Set(phones.flatMap(({ phoneId }) => byPhone.get(phoneId) ?? []));
    const word = order.find((standing) => all.has(standing));
    if (word) words.set(contactId, word);
  }
  return words;
}

async function phoneStandings(ctx: TransactionContext, phoneIds: readonly string[]) {
  const { db, organizationId } = ctx;
  const ofThese = { organizationId, phoneId: { in: [...phoneIds] } };
  const sellers = sellersSeenBy(ctx.actor);
  const events = await db.consentEvent.findMany({
    where: { ...ofThese, ...(sellers && { sellerId: { in: [...sellers] } }) },
    distinct: ["consentId", "phoneId"],
    select: { consentId: true, phoneId: true },
  });
  const consents = events.map(({ consentId, phoneId }) => ({
    id: ConsentId.parse(consentId),
    phoneId: PhoneId.parse(phoneId),
  }));
  const standings = await standingsOfConsents(ctx, consents);
  const forged = await findForgedCorrections(ctx);
  const refusals = await db.optOut.findMany({
    where: {
      ...ofThese,
      scope: "all",
      OR: [{ answers: { none: { isAccepted: true } } }, { id: { in: forged } }],
    },
    distinct: ["phoneId"],
    select: { phoneId: true },
  });

  const words = new Map<string, ContactStanding[]>();
  const add = (phoneId: string, standing: ContactStanding) =>
    words.set(phoneId, [...(words.get(phoneId) ?? []), standing]);
  for (const [index, { phoneId }] of consents.entries()) {
    for (const { status } of standings[index] ?? []) add(phoneId, status);
  }
  for (const { phoneId } of refusals) add(phoneId, "opted-out");
  return words;
}
