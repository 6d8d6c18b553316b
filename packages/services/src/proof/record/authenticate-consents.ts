import type { ConsentEvent } from "@ringfence/core/consents/consent";
import type { TransactionContext } from "../../platform/context.ts";
import { consentWords } from "./consent-mac.ts";
import { createMacs } from "./event-mac.ts";

export type AuthenticationContext = Pick<TransactionContext, "db" | "keys" | "organizationId">;

type Row = ConsentEvent & { id: string; phoneId: string };

/**
 * Adds our MAC to consent events that can allow calls. Call it in the transaction that states them: a
 * screening counts no such event without its MAC.
 */
export async function authenticateConsents(
  { db, keys, organizationId }: AuthenticationContext,
  eventIds: readonly string[],
) {
  const rows = await db.$queryRaw<Row[]>`
    SELECT id, phone_id AS "phoneId", consent_id AS "consentId", type, seller_id AS "sellerId",
      purposes, channels, coalesce(elements, '{}') AS elements, is_written AS "isWritten",
      is_proven AS "isProven", coalesce(is_imported(source, actor), false) AS "isImported", at,
      valid_until AS "validUntil", recorded_at AS "recordedAt"
    FROM consent_event
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${eventIds}::uuid[])
      AND type IN ('granted', 'renewed', 'invalidated') AND mac IS NULL`;
  if (rows.length === 0) return;
  const inputs = rows.map((row) => ({
    kind: "consent" as const,
    id: row.consentId,
    phoneId: row.phoneId,
    at: row.at.getTime(),
    until: row.validUntil?.getTime() ?? null,
    recordedAt: row.recordedAt.getTime(),
    words: consentWords(row),
  }));
  const macs = createMacs(keys, organizationId, inputs);
  await db.$executeRaw`
    UPDATE consent_event SET mac = made.mac
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${macs}::bytea[]) AS made (id, mac)
    WHERE organization_id = ${organizationId}::uuid AND consent_event.id = made.id
      AND consent_event.mac IS NULL`;
}
