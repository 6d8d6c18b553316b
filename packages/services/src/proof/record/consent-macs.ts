import { sql } from "kysely";
import { z } from "zod";
import { ConsentEvent, type ConsentEventType } from "@ringfence/core/consents/consent";
import type { ConsentId, OrganizationId } from "@ringfence/core/ids";
import {
  type Keys,
  type TransactionContext,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import { type MacInput, createMacs, hashContent, verifyMacs } from "./event-mac.ts";

type ConsentContent = Pick<
  ConsentEvent,
  "type" | "elements" | "isWritten" | "isProven" | "isImported"
> & { sellerId: string; purposes: readonly string[]; channels: readonly string[] };

/**
 * Hashes what a consent event says. The ids of the consent and the phone, and the dates, are left to the MAC itself.
 */
export const hashConsent = ({
  type,
  sellerId,
  purposes,
  channels,
  elements,
  isWritten,
  isProven,
  isImported,
}: ConsentContent): Uint8Array =>
  hashContent([type, sellerId, purposes, channels, elements, isWritten, isProven, isImported]);

/**
 * True if an event can allow calls, and therefore needs our MAC. An invalidation can: if it takes away a later consent
 * that has expired, an earlier consent that does not end counts again. The SQL of `authenticateConsents` and of
 * `readEventRows` says the same.
 */
export const needsMac = (type: ConsentEventType): boolean =>
  type === "granted" || type === "renewed" || type === "invalidated";

/**
 * Returns the type as which an event of this type counts without its required MAC: an invalidation as a withdrawal,
 * which allows nothing; null for any other, which does not count. Call it only for a type that needs a MAC.
 */
export const toUnauthenticatedType = (type: ConsentEventType): "withdrawn" | null =>
  type === "invalidated" ? "withdrawn" : null;

/** A recorded event with the input of its MAC, and the MAC in its row. */
export type StoredConsent<Event> = {
  event: Event;
  input: Omit<MacInput, "kind"> & { mac: Uint8Array | null };
};

/**
 * Replaces forged events, which have no valid MAC and would allow calls: an invalidation becomes a withdrawal,
 * any other becomes null. All other events are returned unchanged, in order.
 */
export function discountForgedConsents<Event extends { type: ConsentEventType }>(
  keys: Pick<Keys, "eventKeys">,
  organizationId: OrganizationId,
  stored: readonly StoredConsent<Event>[],
): (Event | null)[] {
  const needing = stored.filter(({ event }) => needsMac(event.type));
  const verified = verifyMacs(
    keys,
    organizationId,
    needing.map(({ input }) => ({ ...input, kind: "consent" as const })),
  );
  const forged = new Set(needing.filter((_, index) => verified[index] !== true));
  return stored.map((one) => {
    if (!forged.has(one)) return one.event;
    const type = toUnauthenticatedType(one.event.type);
    return type === null ? null : { ...one.event, type };
  });
}

export type AuthenticationContext = Pick<TransactionContext, "db" | "keys" | "organizationId">;

/**
 * A row of `consent_event` with all that its MAC covers. Its ids, purposes and channels are read as any text, because a
 * forged row may hold anything that its columns can, and must still be found.
 */
export const ConsentEventRow = ConsentEvent.extend({
  id: z.string(),
  phoneId: z.string(),
  consentId: z.string(),
  sellerId: z.string(),
  purposes: z.string().array(),
  channels: z.string().array(),
});
type ConsentEventRow = z.infer<typeof ConsentEventRow>;

export const toConsentMacInput = (row: ConsentEventRow) => ({
  kind: "consent" as const,
  id: row.consentId,
  phoneId: row.phoneId,
  at: row.at.getTime(),
  until: row.validUntil?.getTime() ?? null,
  recordedAt: row.recordedAt.getTime(),
  contentHash: hashConsent(row),
});

/**
 * Adds our MAC to those of these consent events that can allow calls and have none. Call it in the transaction that
 * states them: a screening counts no such event without its MAC.
 */
export async function authenticateConsents(
  ctx: AuthenticationContext,
  eventIds: readonly string[],
) {
  const { db, organizationId } = ctx;
  const rows = await selectRows(
    { db },
    ConsentEventRow,
    sql`
    SELECT id, phone_id AS "phoneId", consent_id AS "consentId", type, seller_id AS "sellerId",
      purposes, channels, coalesce(elements, '{}') AS elements, is_written AS "isWritten",
      is_proven AS "isProven", coalesce(is_imported(source, actor), false) AS "isImported", at,
      valid_until AS "validUntil", recorded_at AS "recordedAt"
    FROM consent_event
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${eventIds}::uuid[])
      AND type IN ('granted', 'renewed', 'invalidated') AND mac IS NULL`,
  );
  await saveConsentMacs(
    ctx,
    rows.map((row) => ({ id: row.id, input: toConsentMacInput(row) })),
  );
}

/** An event that has no MAC yet, with the input of its MAC. */
export type EventToAuthenticate = { id: string; input: MacInput };

/** Saves MACs of consent events that have none. If a row differs from its input, the MAC is not valid for it. */
export async function saveConsentMacs(
  { db, keys, organizationId }: AuthenticationContext,
  events: readonly EventToAuthenticate[],
) {
  if (events.length === 0) return;
  const macs = createMacs(
    keys,
    organizationId,
    events.map(({ input }) => input),
  );
  const made = events.map(({ id }, index) => ({ id, mac: macs[index] }));
  await db.$executeRaw`
    UPDATE consent_event SET mac = made.mac
    FROM ${toTable(made, { id: "uuid", mac: "bytea" })} AS made
    WHERE organization_id = ${organizationId}::uuid AND consent_event.id = made.id
      AND consent_event.mac IS NULL`;
}

/** Lists the ids of all recorded events of a consent, the first one first. */
export async function listConsentEventIds(
  { db, organizationId }: TransactionContext,
  consentId: ConsentId,
): Promise<string[]> {
  const events = await db.consentEvent.findMany({
    where: { organizationId, consentId },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return events.map(({ id }) => id);
}
