import type { ReadCallRow } from "@ringfence/core/call";
import type { TransactionContext } from "../context.ts";
import { freshIds } from "../fresh-ids.ts";
import { internPhones } from "../phone/intern-phones.ts";

/** Writes calls that are not on record yet; tells of each whether it was new. */
export const insertCalls = async (
  ctx: TransactionContext,
  calls: readonly ReadCallRow[],
): Promise<boolean[]> => {
  const { db, organizationId, now } = ctx;
  const phones = await internPhones(
    ctx,
    calls.map(({ phone }) => phone),
  );
  const ids = await freshIds(ctx, calls.length);
  const inserted = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO call (organization_id, id, external_id, phone_id, seller_id, purpose, at, outcome,
      campaign, screening_id, recorded_at)
    SELECT ${organizationId}::uuid, *, ${now}
    FROM unnest(${ids}::uuid[], ${calls.map(({ row }) => row.externalId ?? null)}::text[],
      ${calls.map(({ phone }) => phones.get(phone)?.id ?? null)}::uuid[],
      ${calls.map(({ sellerId }) => sellerId)}::uuid[],
      ${calls.map(({ row }) => row.purpose)}::text[], ${calls.map(({ row }) => row.at)}::timestamptz[],
      ${calls.map(({ row }) => row.outcome ?? null)}::text[],
      ${calls.map(({ row }) => row.campaign ?? null)}::text[],
      ${calls.map(({ row }) => row.screening ?? null)}::uuid[])
    ON CONFLICT (organization_id, external_id) DO NOTHING
    RETURNING id`;
  const isNew = new Set(inserted.map(({ id }) => id));
  return ids.map((id) => isNew.has(id));
};
