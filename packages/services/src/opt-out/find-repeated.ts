import type { OptOutId } from "@ringfence/core/ids";
import type { TransactionContext } from "../context.ts";
import { columnsOf, type NewOptOut } from "./new-opt-out.ts";

export type OptOutOnRecord = { id: OptOutId; at: Date; reference: string };

/**
 * For each refusal the first on record that is the same: of the phone, in scope, by channel and in
 * time. One that says no time is the same as any of its phone and scope, unless a proven consent or
 * a correction came since: then it is a new one, for its list still says so.
 */
export async function findRepeated(
  { db, organizationId }: TransactionContext,
  optOuts: readonly NewOptOut[],
): Promise<(OptOutOnRecord | undefined)[]> {
  const { phoneIds, scopes, sellerIds, purposes, channels, times } = columnsOf(optOuts);
  const rows = await db.$queryRaw<(OptOutOnRecord & { index: number })[]>`
    SELECT sent.index::int, found.id, found.at, found.reference
    FROM unnest(${phoneIds}::uuid[], ${scopes}::text[], ${sellerIds}::uuid[], ${purposes}::text[],
        ${channels}::text[], ${times}::timestamptz[])
      WITH ORDINALITY AS sent (phone_id, scope, seller_id, purpose, channel, at, index)
    CROSS JOIN LATERAL (
      SELECT id, at, reference FROM opt_out
      WHERE organization_id = ${organizationId}::uuid AND phone_id = sent.phone_id
        AND scope::text = sent.scope AND seller_id IS NOT DISTINCT FROM sent.seller_id
        AND purpose IS NOT DISTINCT FROM sent.purpose
        AND CASE
          WHEN sent.at IS NOT NULL THEN channel = sent.channel AND at = sent.at
          ELSE NOT EXISTS (
            SELECT FROM consent_event AS event
            WHERE event.organization_id = ${organizationId}::uuid
              AND event.phone_id = opt_out.phone_id
              AND event.is_proven AND event.recorded_at > opt_out.recorded_at
          ) AND NOT EXISTS (
            SELECT FROM opt_out_queue AS queue
            WHERE queue.organization_id = ${organizationId}::uuid
              AND queue.opt_out_id = opt_out.id AND queue.change = 'lifted'
          ) AND NOT EXISTS (
            SELECT FROM opt_out_change AS change
            WHERE change.organization_id = ${organizationId}::uuid
              AND change.opt_out_id = opt_out.id AND change.change = 'lifted'
          )
        END
      ORDER BY id LIMIT 1
    ) AS found`;
  const found = new Map(rows.map(({ index, ...row }) => [index - 1, row]));
  return optOuts.map((_, index) => found.get(index));
}
