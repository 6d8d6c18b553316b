import { sql } from "kysely";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { z } from "zod";
import { type PurposeStanding, determineStandings } from "@ringfence/core/consents/consent";
import { type ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { loadCountedEvents } from "./events.ts";
import { type OptOutScope, toScope } from "@ringfence/core/do-not-call/opt-out";
import { findForgedCorrections } from "../../proof/record/internal.ts";

type ConsentOfPhone = { id: ConsentId; phoneId: PhoneId };

/**
 * Determines the current standing of each consent, given all events of its phone and all opt-outs of its
 * person.
 */
export const loadStandings = async (
  ctx: TransactionContext,
  consents: readonly ConsentOfPhone[],
): Promise<PurposeStanding[][]> => {
  const phoneIds = [...new Set(consents.map(({ phoneId }) => phoneId))];
  const events = Map.groupBy(
    await loadCountedEvents(ctx, { phones: phoneIds }),
    ({ phoneId }) => phoneId,
  );
  const optOuts = Map.groupBy(await loadOptOutsOfPersons(ctx, phoneIds), ({ phoneId }) => phoneId);
  return consents.map(({ id, phoneId }) =>
    determineStandings(id, events.get(phoneId) ?? [], optOuts.get(phoneId) ?? [], ctx.now),
  );
};

const OptOutRow = z.object({
  phoneId: PhoneId,
  scope: z.enum(["all", "seller", "purpose", "profiling"] satisfies OptOutScope["scope"][]),
  sellerId: SellerId.nullable(),
  purpose: PurposeKey.nullable(),
  at: z.date(),
  recordedAt: z.date(),
});

/**
 * Loads the opt-outs of the owners of these phones. An opt-out counts for all known phones of the person
 * (contract 6).
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
