import { z } from "zod";
import { sql } from "kysely";
import { ConsentId } from "@ringfence/core/ids";
import {
  type TransactionContext,
  createIds,
  selectRows,
  toStoredActor,
  toTable,
} from "../../platform/internal.ts";
import { announceChanges } from "../../do-not-call/outbox/internal.ts";
import { lockPhones, queueRejudgement } from "../../people/phone/internal.ts";
import { authenticateConsents } from "../../proof/record/internal.ts";
import type { ConsentWithIds, NewConsent } from "./consent.ts";
import { recordConsentStatements } from "./statement.ts";

export type InsertedConsent = {
  id: ConsentId;
  isNew: boolean;
  /** The statement about a new grant; null for a request, and for what was on record before. */
  statement: string | null;
};

/**
 * Inserts grants with their evidence and ledger statements, and requests: consents that await the person's
 * confirmation, and get no statement. Queues calls after a new consent's time to be judged again. Returns one entry for
 * each, in order. One with the same phone, seller, type, time, purposes and channels as a recorded one (the index
 * `consent_event_said`) returns that one, whose evidence stays. Locks the phones; `recordedAt` stays the `now` from
 * before that wait. All have `isProven: false`: no caller alone can make a consent that lifts an opt-out (contract 6).
 * The caller has checked the sellers, and writes the audit rows.
 */
export const insertConsents = async (
  ctx: TransactionContext,
  consents: readonly NewConsent[],
): Promise<InsertedConsent[]> => {
  // Locks in one order, whatever the order of the consents, so that two concurrent inserts cannot deadlock.
  await lockPhones(
    ctx,
    consents.map(({ phoneId }) => phoneId),
  );
  const withIds = await assignIds(ctx, consents);
  const inserted = await insertEventsAndEvidence(ctx, withIds);
  const added = withIds.filter(({ eventId }) => inserted.has(eventId));
  const granted = added.filter(({ type }) => type === "granted");
  const statements = await recordConsentStatements(
    ctx,
    granted.map((consent) => ({ ...consent, isProven: false })),
  );
  await authenticateConsents(
    ctx,
    added.map(({ eventId }) => eventId),
  );
  await announceChanges(
    ctx,
    "consent.changed",
    added.map(({ eventId }) => eventId),
  );

  await queueRejudgement(
    ctx,
    added.map(({ phoneId, at }) => ({ phoneId, since: at })),
  );

  const statementByEvent = new Map(granted.map(({ eventId }, nth) => [eventId, statements[nth]]));
  const repeated = withIds.filter(({ eventId }) => !inserted.has(eventId));
  const earlierIds = await findRecordedConsents(ctx, repeated);
  return withIds.map(({ eventId, consentId }) => {
    const isNew = inserted.has(eventId);
    const id = isNew ? consentId : earlierIds.get(eventId);
    if (!id) throw new Error("a consent was neither found nor added");
    return { id, isNew, statement: statementByEvent.get(eventId) ?? null };
  });
};

async function assignIds(
  ctx: TransactionContext,
  consents: readonly NewConsent[],
): Promise<ConsentWithIds[]> {
  const ids = await createIds(ctx, z.uuid(), consents.length * 2);
  return consents.map((consent, index) => ({
    ...consent,
    purposes: toSortedSet(consent.purposes),
    channels: toSortedSet(consent.channels),
    consentId: ConsentId.parse(ids[index * 2]),
    eventId: String(ids[index * 2 + 1]),
  }));
}

/** Sorts and removes duplicates, so that the same grant in another order is recognized as recorded. */
const toSortedSet = <T extends string>(names: readonly T[]): T[] => [...new Set(names)].toSorted();

/** Rows of consents. Lists are text in them: no purpose, channel or element holds a comma. */
const toRows = (consents: readonly ConsentWithIds[]) =>
  consents.map(({ purposes, channels, elements, disclosure, form, ...consent }) => ({
    ...consent,
    purposes: purposes.join(),
    channels: channels.join(),
    elements: elements.join(),
    disclosureId: disclosure?.id,
    disclosureVersion: disclosure?.version,
    formId: form?.id,
    formVersion: form?.version,
  }));

/**
 * Inserts the grants and requests that are not recorded yet, and returns the ids of their events. The evidence goes into
 * a table of its own, which an erasure can clear.
 */
async function insertEventsAndEvidence(
  { db, organizationId, now, actor }: TransactionContext,
  consents: readonly ConsentWithIds[],
): Promise<Set<string>> {
  const table = toTable(toRows(consents), {
    eventId: "uuid",
    consentId: "uuid",
    phoneId: "uuid",
    sellerId: "uuid",
    type: "text",
    purposes: "text",
    channels: "text",
    elements: "text",
    isWritten: "boolean",
    at: "timestamptz",
    validUntil: "timestamptz",
    source: "text",
    disclosureId: "uuid",
    disclosureVersion: "int",
    formId: "uuid",
    formVersion: "int",
    evidence: "jsonb",
  });
  const rows = await selectRows(
    { db },
    z.object({ id: z.string() }),
    sql`
    WITH sent AS MATERIALIZED (SELECT * FROM ${table} AS sent), added AS (
      INSERT INTO consent_event (organization_id, id, consent_id, phone_id, seller_id, type, purposes,
        channels, elements, is_written, is_proven, at, valid_until, source, disclosure_id,
        disclosure_version, form_id, form_version, recorded_at, actor)
      SELECT ${organizationId}::uuid, event_id, consent_id, phone_id, seller_id, type::"ConsentEventType",
        string_to_array(purposes, ','), string_to_array(channels, ','),
        string_to_array(elements, ','), is_written, false, at, valid_until, source, disclosure_id,
        disclosure_version, form_id, form_version, ${now}, ${JSON.stringify(toStoredActor(actor))}::jsonb
      FROM sent
      ON CONFLICT DO NOTHING
      RETURNING id
    ), proven AS (
      INSERT INTO evidence (organization_id, id, consent_event_id, body)
      SELECT ${organizationId}::uuid, uuid7(), event_id, evidence
      FROM sent JOIN added ON added.id = event_id ORDER BY index
    )
    SELECT id FROM added`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Finds the consent on record that each grant or request repeats, by the id of its event. */
async function findRecordedConsents(
  { db, organizationId }: TransactionContext,
  consents: readonly ConsentWithIds[],
): Promise<Map<string, ConsentId>> {
  if (consents.length === 0) return new Map();
  const table = toTable(toRows(consents), {
    eventId: "uuid",
    phoneId: "uuid",
    sellerId: "uuid",
    type: "text",
    purposes: "text",
    channels: "text",
    at: "timestamptz",
  });
  const rows = await selectRows(
    { db },
    z.object({ eventId: z.string(), consentId: ConsentId }),
    sql`
    SELECT event_id AS "eventId", event.consent_id AS "consentId"
    FROM ${table} AS sent
    CROSS JOIN LATERAL (
      SELECT consent_id FROM consent_event
      WHERE organization_id = ${organizationId}::uuid AND phone_id = sent.phone_id
        AND seller_id = sent.seller_id AND type = sent.type::"ConsentEventType" AND at = sent.at
        AND purposes = string_to_array(sent.purposes, ',')
        AND channels = string_to_array(sent.channels, ',')
      LIMIT 1
    ) AS event`,
  );
  return new Map(rows.map(({ eventId, consentId }) => [eventId, consentId]));
}
