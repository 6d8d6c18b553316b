import type { SellerId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { TransactionContext } from "../../platform/context.ts";
import type { Need } from "./need.ts";

/** Refusals that came with something that is no number: nothing obeys them yet. */
export async function misreadOptOuts({ db, organizationId }: TransactionContext): Promise<Need[]> {
  const { _count: count, _min: oldest } = await db.misreadOptOut.aggregate({
    where: { organizationId, discardedAt: null },
    _count: true,
    _min: { recordedAt: true },
  });
  if (oldest.recordedAt === null) return [];
  return [{ kind: "opt-outs-misread", when: "now", count, oldest: oldest.recordedAt }];
}

const AHEAD_DAYS = 7;

/** Consents that end by themselves within a week, and that nothing since has ended or prolonged. */
export async function endingConsents(
  { db, organizationId, now }: TransactionContext,
  sellerIds: readonly SellerId[] | null,
): Promise<Need[]> {
  const before = new Date(now.getTime() + AHEAD_DAYS * DAY_MS);
  const rows = await db.$queryRaw<{ seller: string; count: number; first: Date }[]>`
    SELECT seller.name AS seller, count(*)::int AS count, min(ending.valid_until) AS first
    FROM consent_event ending JOIN seller
      ON seller.organization_id = ending.organization_id AND seller.id = ending.seller_id
    WHERE ending.organization_id = ${organizationId}::uuid
      AND ending.type IN ('granted', 'renewed')
      AND ending.valid_until > ${now}::timestamptz AND ending.valid_until < ${before}::timestamptz
      AND (${sellerIds}::uuid[] IS NULL OR ending.seller_id = ANY (${sellerIds}::uuid[]))
      AND NOT EXISTS (
        SELECT FROM consent_event later
        WHERE later.organization_id = ending.organization_id AND later.phone_id = ending.phone_id
          AND later.seller_id = ending.seller_id AND later.at > ending.at AND later.at <= ${now}
          AND later.type <> 'requested'
          AND (later.consent_id = ending.consent_id
            OR later.purposes @> ending.purposes AND later.channels @> ending.channels))
    GROUP BY seller.name ORDER BY count DESC, seller.name`;
  const [earliest] = rows.map(({ first }) => first).toSorted((a, b) => a.getTime() - b.getTime());
  if (earliest === undefined) return [];
  return [
    {
      kind: "consents-ending",
      when: "week",
      count: rows.reduce((sum, { count }) => sum + count, 0),
      first: earliest,
      before,
      sellers: rows.map(({ seller }) => seller),
    },
  ];
}
