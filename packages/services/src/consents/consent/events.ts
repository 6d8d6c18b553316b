import { sql } from "kysely";
import { z } from "zod";
import { ConsentEvent } from "@ringfence/core/consents/consent";
import { type ConsentId, PhoneId } from "@ringfence/core/ids";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { discountForgedConsents, hashConsent } from "../../proof/record/internal.ts";

const StoredConsentEvent = ConsentEvent.extend({ id: z.string(), phoneId: PhoneId });
export type StoredConsentEvent = z.infer<typeof StoredConsentEvent>;

/**
 * Loads the events that count, in no order. Like a screening, it leaves out grants whose MAC shows that our code did
 * not write them, and takes an invalidation that our code did not write for a withdrawal. Enquiries are among them:
 * `listCountedEvents` of core leaves them out.
 */
export async function loadCountedEvents(
  ctx: TransactionContext,
  filter: EventFilter,
): Promise<StoredConsentEvent[]> {
  const stored = (await readRows(ctx, filter)).map(toStored);
  const counted = discountForgedConsents(ctx.keys, ctx.organizationId, stored);
  return counted.filter((event) => event !== null);
}

/**
 * Loads all recorded events, in no order, even those that do not count, so that a person who withdraws a consent
 * always finds it.
 */
export async function loadAllEvents(
  ctx: TransactionContext,
  filter: EventFilter,
): Promise<StoredConsentEvent[]> {
  return (await readRows(ctx, filter)).map((row) => toStored(row).event);
}

/** Selects the events of this consent and those of these phones; with neither, none. */
type EventFilter = { consent?: ConsentId; phones?: readonly PhoneId[] };
const Row = StoredConsentEvent.extend({ mac: z.instanceof(Uint8Array).nullable() });
type Row = z.infer<typeof Row>;

const readRows = (
  { db, organizationId }: TransactionContext,
  { consent, phones = [] }: EventFilter,
): Promise<Row[]> =>
  selectRows(
    { db },
    Row,
    sql`
    SELECT id, phone_id AS "phoneId", consent_id AS "consentId", type, seller_id AS "sellerId", purposes,
      channels, coalesce(elements, '{}') AS elements, is_written AS "isWritten", is_proven AS "isProven",
      coalesce(is_imported(source, actor), false) AS "isImported", at,
      valid_until AS "validUntil", recorded_at AS "recordedAt", mac
    FROM consent_event
    WHERE organization_id = ${organizationId}::uuid
      AND (consent_id = ${consent ?? null}::uuid OR phone_id = ANY (${phones}::uuid[]))`,
  );

const toStored = ({ mac, ...event }: Row) => ({
  event,
  input: {
    id: event.consentId,
    phoneId: event.phoneId,
    at: event.at.getTime(),
    until: event.validUntil?.getTime() ?? null,
    recordedAt: event.recordedAt.getTime(),
    contentHash: hashConsent(event),
    mac,
  },
});
