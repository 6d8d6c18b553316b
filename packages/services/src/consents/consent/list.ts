import { sql } from "kysely";
import { z } from "zod";
import {
  type TransactionContext,
  query,
  selectRows,
  visibleSellerIds,
} from "../../platform/internal.ts";
import {
  ConsentEventType,
  ConsentSource,
  ListConsents,
  type PurposeStanding,
  findWeaknesses,
  strongElements,
} from "@ringfence/core/consents/consent";
import { ConsentId, PhoneId, type SellerId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { findPhoneBySearch } from "../../people/phone/internal.ts";
import { loadStandings } from "./standing.ts";

/** Row of the list of consents. */
export type ConsentListItem = Omit<Row, "elements"> & {
  /** Standing for each purpose; empty for a consent to data processing alone. */
  standing: readonly PurposeStanding[];
  /**
   * Elements without which it cannot be proven and that its first event lacks. Empty for a consent that is weak only
   * because it was invalidated, which `latest` says.
   */
  weaknesses: ReturnType<typeof findWeaknesses>;
};

const Row = z.object({
  /** Id of the first event; the cursor of the list. */
  eventId: z.string(),
  id: ConsentId,
  phoneId: PhoneId,
  phone: Phone.nullable(),
  seller: z.string(),
  purposes: z.array(PurposeKey).readonly(),
  source: ConsentSource,
  form: z.string().nullable(),
  at: z.date(),
  /** Type of the latest event. */
  latest: ConsentEventType,
  elements: z.array(z.string()).readonly(),
});
type Row = z.infer<typeof Row>;

/** Lists consents, last recorded first, page by page. */
export const listConsents = query({
  name: "listConsents",
  action: "consent.read",
  input: ListConsents,
  run: async (
    ctx,
    { search, source, strength, after, limit },
  ): Promise<{ items: ConsentListItem[]; next: string | null }> => {
    const phoneId = search ? await findPhoneBySearch(ctx, search) : null;
    if (search && phoneId === null) return { items: [], next: null };
    const sellerIds = visibleSellerIds(ctx.actor);
    const rows = await readRows(ctx, {
      phoneId,
      sellerIds,
      source,
      strength,
      after,
      take: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const standings = await loadStandings(ctx, shown);
    return {
      items: shown.map(({ elements, ...row }, index) => ({
        ...row,
        standing: standings[index] ?? [],
        weaknesses: findWeaknesses(elements),
      })),
      next: rows.length > limit ? (shown.at(-1)?.eventId ?? null) : null,
    };
  },
  audit: ({ items }) => (items.length > 0 ? { listed: items.length } : null),
});

type PageRequest = {
  phoneId: PhoneId | null;
  sellerIds: readonly SellerId[] | null;
  source: ConsentSource | undefined;
  strength: ListConsents["strength"];
  after: string | undefined;
  take: number;
};

const readRows = (
  { db, organizationId }: TransactionContext,
  { phoneId, sellerIds, source, strength, after, take }: PageRequest,
) =>
  selectRows(
    { db },
    Row,
    sql`
    SELECT event.id AS "eventId", event.consent_id AS id, event.phone_id AS "phoneId",
      phone.e164 AS phone, seller.name AS seller, event.purposes, event.source,
      capture_form.name AS form, event.at, event.elements, latest.type AS latest
    FROM consent_event AS event
    JOIN phone ON phone.organization_id = event.organization_id AND phone.id = event.phone_id
    JOIN seller ON seller.organization_id = event.organization_id AND seller.id = event.seller_id
    LEFT JOIN capture_form ON capture_form.organization_id = event.organization_id
      AND capture_form.id = event.form_id
    CROSS JOIN LATERAL (
      SELECT type FROM consent_event
      WHERE organization_id = event.organization_id AND consent_id = event.consent_id
      ORDER BY at DESC, recorded_at DESC, id DESC LIMIT 1
    ) AS latest
    WHERE event.organization_id = ${organizationId}::uuid
      AND (${phoneId}::uuid IS NULL OR event.phone_id = ${phoneId}::uuid)
      AND (${sellerIds}::uuid[] IS NULL OR event.seller_id = ANY (${sellerIds}::uuid[]))
      AND (${source ?? null}::text IS NULL OR event.source = ${source ?? null}::text)
      ${strength === undefined ? sql`` : sql`AND ${isOfStrength(strength)}`}
      AND (${after ?? null}::uuid IS NULL OR event.id < ${after ?? null}::uuid)
      AND NOT EXISTS (
        SELECT FROM consent_event AS earlier
        WHERE earlier.organization_id = event.organization_id
          AND earlier.consent_id = event.consent_id AND earlier.id < event.id)
    ORDER BY event.id DESC LIMIT ${take}`,
  );

/**
 * SQL: a consent is weak, because an element of proof is missing or because it was invalidated. `given` is the event
 * that first gave it. The SQL function `consent_strength` has the same condition.
 */
export const isWeakConsent = sql`(NOT given.elements @> ${strongElements}::text[] OR EXISTS (
  SELECT FROM consent_event AS void
  WHERE void.organization_id = given.organization_id AND void.consent_id = given.consent_id
    AND void.type = 'invalidated'))`;

/**
 * SQL condition on how well a consent is proven, by the event that first gave it. A consent that was never given is
 * neither weak nor strong.
 */
const isOfStrength = (
  strength: NonNullable<ListConsents["strength"]>,
) => sql`${strength === "weak"} = (
  SELECT ${isWeakConsent}
  FROM consent_event AS given
  WHERE given.organization_id = event.organization_id AND given.consent_id = event.consent_id
    AND given.type = 'granted'
  ORDER BY given.id LIMIT 1)`;
