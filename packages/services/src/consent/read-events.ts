import type { ConsentEvent } from "@ringfence/core/consent";
import type { ConsentId, PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../context.ts";

export type EventOnRecord = ConsentEvent & { id: string; phoneId: PhoneId };

/** All that is on record of a consent, or of these phones. */
export const readEvents = (
  { db, organizationId }: TransactionContext,
  { consent, phones = [] }: { consent?: ConsentId; phones?: readonly PhoneId[] },
): Promise<EventOnRecord[]> =>
  db.$queryRaw<EventOnRecord[]>`
    SELECT id, phone_id AS "phoneId", consent_id AS "consentId", type, seller_id AS "sellerId", purposes,
      channels, elements, is_written AS "isWritten", is_proven AS "isProven",
      is_imported(source, actor) AS "isImported", at,
      valid_until AS "validUntil", recorded_at AS "recordedAt"
    FROM consent_event
    WHERE organization_id = ${organizationId}::uuid
      AND (consent_id = ${consent ?? null}::uuid OR phone_id = ANY (${phones}::uuid[]))`;
