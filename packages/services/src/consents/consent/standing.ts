import { sql } from "kysely";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { z } from "zod";
import {
  type PurposeStanding,
  determineStandings,
  doesLawCountEnquiries,
  isEnquiry,
} from "@ringfence/core/consents/consent";
import { type ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import {
  canRefuseCall,
  findRulesInForce,
  findWhereabouts,
  listBooks,
} from "@ringfence/core/people/jurisdiction";
import { Phone, lookUpPlan, toDigits } from "@ringfence/core/people/phone";
import { listLocalDates } from "@ringfence/core/platform/time";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { type StoredConsentEvent, loadCountedEvents } from "./events.ts";
import { type OptOutScope, toScope } from "@ringfence/core/do-not-call/opt-out";
import { findForgedCorrections } from "../../proof/record/internal.ts";

type ConsentOfPhone = { id: ConsentId; phoneId: PhoneId };

/**
 * Determines the standing of each consent at `ctx.now`, from the counted events of its phone and the opt-outs of its
 * person. One list for each, in order; empty for an unknown consent.
 */
export const loadStandings = async (
  ctx: TransactionContext,
  consents: readonly ConsentOfPhone[],
): Promise<PurposeStanding[][]> => {
  const phoneIds = [...new Set(consents.map(({ phoneId }) => phoneId))];
  const allEvents = await loadCountedEvents(ctx, { phones: phoneIds });
  const events = Map.groupBy(allEvents, ({ phoneId }) => phoneId);
  const enquiriesCount = await findPhonesWhereEnquiriesCount(ctx, allEvents);
  const optOuts = Map.groupBy(await loadOptOutsOfPersons(ctx, phoneIds), ({ phoneId }) => phoneId);
  return consents.map(({ id, phoneId }) =>
    determineStandings(id, events.get(phoneId) ?? [], optOuts.get(phoneId) ?? [], {
      at: ctx.now,
      countsEnquiries: enquiriesCount.has(phoneId),
    }),
  );
};

const PhoneRow = z.object({
  phoneId: PhoneId,
  phone: Phone.nullable(),
  homes: z.array(z.object({ zone: z.string().nullable(), region: z.string().nullable() })),
});

/**
 * Finds the phones of these events for which the law counts an enquiry as a consent: as in a screening, the law
 * of the number and of every address of its owners. Rules that an officer eased are not known here, so that a
 * screening may refuse where this does not. An erased number counts no enquiry.
 */
export async function findPhonesWhereEnquiriesCount(
  { db, organizationId, now }: TransactionContext,
  events: readonly StoredConsentEvent[],
): Promise<ReadonlySet<PhoneId>> {
  const phoneIds = [...new Set(events.filter(isEnquiry).map(({ phoneId }) => phoneId))];
  if (phoneIds.length === 0) return new Set();
  const rows = await selectRows(
    { db },
    PhoneRow,
    sql`
    SELECT phone.id AS "phoneId", e164 AS phone,
      coalesce((
        SELECT json_agg(json_build_object('zone', zone, 'region', address_region))
        FROM contact_phone JOIN contact ON contact.organization_id = contact_phone.organization_id
          AND contact.id = contact_id
        WHERE contact_phone.organization_id = phone.organization_id AND phone_id = phone.id
      ), '[]') AS homes
    FROM phone WHERE organization_id = ${organizationId}::uuid AND id = ANY (${phoneIds}::uuid[])`,
  );
  const books = listBooks(await loadLaw({ db, organizationId }));
  return new Set(
    rows.flatMap(({ phoneId, phone, homes }) => {
      const plan = lookUpPlan(phone === null ? 0 : toDigits(phone));
      const isCounted = books.every((law) => {
        const { jurisdictions, zones } = findWhereabouts(law, plan, homes);
        const rules = findRulesInForce(law, jurisdictions, listLocalDates(now, zones), {});
        return doesLawCountEnquiries({ law, jurisdictions }, rules.filter(canRefuseCall));
      });
      return isCounted ? [phoneId] : [];
    }),
  );
}

const OptOutRow = z.object({
  phoneId: PhoneId,
  scope: z.enum(["all", "seller", "purpose", "profiling"] satisfies OptOutScope["scope"][]),
  sellerId: SellerId.nullable(),
  purpose: PurposeKey.nullable(),
  at: z.date(),
  recordedAt: z.date(),
});

/**
 * Loads the opt-outs of the owners of these phones, without those corrected by now; a forged correction does not count.
 * An opt-out counts for all known phones of the person (contract 6): `phoneId` is the phone asked about, whichever one
 * opted out. An opt-out that concerns several of these phones comes once for each.
 */
export async function loadOptOutsOfPersons(ctx: TransactionContext, phoneIds: readonly PhoneId[]) {
  const { db, organizationId, now } = ctx;
  const forged = await findForgedCorrections(ctx);
  const rows = await selectRows(
    { db },
    OptOutRow,
    sql`
    SELECT asked.phone_id AS "phoneId", refusal.*
    FROM unnest(${phoneIds}::uuid[]) AS asked (phone_id)
    CROSS JOIN LATERAL (
      SELECT asked.phone_id AS id
      UNION
      SELECT other.phone_id FROM contact_phone AS own
      JOIN contact_phone AS other ON other.organization_id = own.organization_id
        AND other.contact_id = own.contact_id
      WHERE own.organization_id = ${organizationId}::uuid AND own.phone_id = asked.phone_id
    ) AS person
    CROSS JOIN LATERAL (
      SELECT scope, seller_id AS "sellerId", purpose, at, recorded_at AS "recordedAt"
      FROM opt_out_known
      WHERE organization_id = ${organizationId}::uuid AND phone_id = person.id
        AND ((corrected_at > ${now}) IS NOT FALSE OR id = ANY (${forged}::uuid[]))
      -- Keeps it a look-up for each phone, also where the statistics do not yet know of an import.
      OFFSET 0
    ) AS refusal`,
  );
  return rows.map(({ phoneId, at, recordedAt, ...row }) => ({
    ...toScope(row),
    phoneId,
    at,
    recordedAt,
  }));
}
