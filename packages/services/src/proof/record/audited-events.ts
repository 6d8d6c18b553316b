import { sql } from "kysely";
import { z } from "zod";
import type { Claims } from "@ringfence/core/proof/ledger";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { toCorrectionMacInput } from "./correction-macs.ts";
import type { MacInput } from "./event-mac.ts";
import { SuppressionRow, toStoredSuppression, toSuppressionMacInput } from "./suppression-macs.ts";
import type { ConsentEventType } from "@ringfence/core/consents/consent";
import { ConsentEventRow, needsMac, toConsentMacInput } from "./consent-macs.ts";

/** A row about an event, with what the event's statement must say. */
export type RecordedEvent = {
  table: EventTable;
  /** Id that its statement is about. */
  id: string;
  /** Id by which an act of erasure names the event's person: the phone. A suppression has its own id, which none names. */
  subjectId: string;
  /**
   * Kinds of statements about the event. The latest statement of these kinds must make `claims`. Empty for an event that
   * is not stated.
   */
  statementKinds: readonly string[];
  claims: Claims;
  /**
   * The input of the MAC by which our code signs a row that can allow calls, and the MAC in the row (null if it has none
   * yet). Null for a row that can only forbid calls: an opt-out, and a consent event by `needsMac`. A suppression has one,
   * because a changed end would allow calls.
   */
  mac: { input: MacInput; recorded: Uint8Array | null } | null;
};

export type EventTable = "consent" | "opt_out" | "correction" | "suppression";

type Reading = Pick<TransactionContext, "db" | "organizationId">;
type PageRequest = { after: string; limit: number };
/** If `lacksMac`, only events that need a MAC and have none are read. */
type MacPageRequest = PageRequest & { lacksMac?: boolean };

/** Reads one page of the events in each table, ordered by id. A correction is an accepted one: each has one answer. */
export const readEventRows: {
  [Table in EventTable]: (
    ctx: Reading,
    page: Table extends "consent" | "correction" ? MacPageRequest : PageRequest,
  ) => Promise<RecordedEvent[]>;
} = {
  async consent({ db, organizationId }, { after, limit, lacksMac = false }) {
    const rows = await selectRows(
      { db },
      AuditedConsent,
      sql`
      SELECT event.id, phone_id AS "phoneId", e164 AS phone, consent_id AS "consentId", type,
        seller_id AS "sellerId", purposes, channels, coalesce(elements, '{}') AS elements,
        is_written AS "isWritten", is_proven AS "isProven",
        coalesce(is_imported(source, actor), false) AS "isImported", source, at,
        valid_until AS "validUntil", recorded_at AS "recordedAt", actor, mac
      FROM consent_event AS event JOIN phone
        ON phone.organization_id = event.organization_id AND phone.id = phone_id
      WHERE event.organization_id = ${organizationId}::uuid AND event.id > ${after}::uuid
        AND (NOT ${lacksMac}::boolean
          -- The types of needsMac.
          OR mac IS NULL AND type IN ('granted', 'renewed', 'invalidated'))
      ORDER BY event.id LIMIT ${limit}`,
    );
    return rows.map((row) => ({
      ...toConsentEvent(row),
      claims: withOrganization(organizationId, consentClaims(row)),
    }));
  },
  async opt_out({ db, organizationId }, { after, limit }) {
    const rows = await selectRows(
      { db },
      OptOutRow,
      sql`
      SELECT opt_out.id, phone_id AS "phoneId", e164 AS phone, scope, seller_id AS "sellerId", purpose,
        channel, at, reference
      FROM opt_out JOIN phone
        ON phone.organization_id = opt_out.organization_id AND phone.id = phone_id
      WHERE opt_out.organization_id = ${organizationId}::uuid AND opt_out.id > ${after}::uuid
      ORDER BY opt_out.id LIMIT ${limit}`,
    );
    return rows.map((row) => ({
      table: "opt_out" as const,
      id: row.id,
      subjectId: row.phoneId,
      statementKinds: ["opt-out.recorded"],
      claims: withOrganization(organizationId, optOutClaims(row)),
      mac: null,
    }));
  },
  async correction({ db, organizationId }, { after, limit, lacksMac = false }) {
    const rows = await selectRows(
      { db },
      CorrectionRow,
      sql`
      SELECT answer.correction_id AS id, answer.opt_out_id AS "optOutId", phone_id AS "phoneId",
        e164 AS phone, answered_at AS at, replacement_id AS "replacementId", answer.mac
      FROM opt_out_correction_answer AS answer
      JOIN opt_out_correction AS proposal
        ON proposal.organization_id = answer.organization_id AND proposal.id = answer.correction_id
      JOIN opt_out
        ON opt_out.organization_id = answer.organization_id AND opt_out.id = answer.opt_out_id
      JOIN phone ON phone.organization_id = opt_out.organization_id AND phone.id = phone_id
      WHERE answer.organization_id = ${organizationId}::uuid AND is_accepted
        AND answer.correction_id > ${after}::uuid AND (NOT ${lacksMac}::boolean OR answer.mac IS NULL)
      ORDER BY answer.correction_id LIMIT ${limit}`,
    );
    return rows.map(({ id, optOutId, phoneId, phone, at, replacementId, mac }) => ({
      table: "correction" as const,
      id,
      subjectId: phoneId,
      statementKinds: ["opt-out.corrected"],
      claims: withOrganization(organizationId, {
        kind: "opt-out.corrected",
        opt_out: optOutId,
        phone: phone ?? undefined,
        at: at.toISOString(),
        replaced_by: replacementId ?? undefined,
      }),
      mac: {
        input: toCorrectionMacInput({ correctionId: id, optOutId, phoneId, at: at.getTime() }),
        recorded: mac,
      },
    }));
  },
  async suppression({ db, organizationId }, { after, limit }) {
    const rows = await selectRows(
      { db },
      AuditedSuppression,
      sql`
      SELECT id, phone_id AS "phoneId", reason, at, until, recorded_at AS "recordedAt", mac
      FROM suppression
      WHERE organization_id = ${organizationId}::uuid AND id > ${after}::uuid
      ORDER BY id LIMIT ${limit}`,
    );
    return rows.map(({ mac, ...row }) => ({
      table: "suppression" as const,
      id: row.id,
      subjectId: row.id,
      statementKinds: ["suppression.recorded", "suppression.ended"],
      // Without a kind, because a suppression may have been recorded or ended last.
      claims: withOrganization(organizationId, {
        suppression: row.id,
        subjects: [row.phoneId],
        reason: row.reason,
        at: row.at.toISOString(),
        valid_until: row.until?.toISOString(),
      }),
      mac: {
        input: toSuppressionMacInput(toStoredSuppression(row)),
        recorded: mac,
      },
    }));
  },
};

const WithPhone = z.object({ id: z.string(), phoneId: z.string(), phone: z.string().nullable() });
const CorrectionRow = WithPhone.extend({
  optOutId: z.string(),
  at: z.date(),
  replacementId: z.string().nullable(),
  mac: z.instanceof(Uint8Array).nullable(),
});
const AuditedSuppression = SuppressionRow.extend({ mac: z.instanceof(Uint8Array).nullable() });
const AuditedConsent = ConsentEventRow.extend({
  phone: z.string().nullable(),
  source: z.string(),
  actor: z.unknown(),
  mac: z.instanceof(Uint8Array).nullable(),
});
type AuditedConsent = z.infer<typeof AuditedConsent>;
const OptOutRow = WithPhone.extend({
  scope: z.string(),
  sellerId: z.string().nullable(),
  purpose: z.string().nullable(),
  channel: z.string(),
  at: z.date(),
  reference: z.string(),
});
type OptOutRow = z.infer<typeof OptOutRow>;

const withOrganization = (id: string, claims: Claims): Claims => ({
  ...claims,
  organization: { id },
});

/** True for events that are stated: not for requests for consent and refusals to give it, which allow nothing. */
const isStatedType = (type: ConsentEventType) => type !== "requested" && type !== "refused";

const toConsentEvent = (row: AuditedConsent) => ({
  table: "consent" as const,
  id: row.id,
  subjectId: row.phoneId,
  statementKinds: isStatedType(row.type) ? [`consent.${row.type}`] : [],
  mac: needsMac(row.type) ? { input: toConsentMacInput(row), recorded: row.mac } : null,
});

const consentClaims = (row: AuditedConsent): Claims => ({
  kind: `consent.${row.type}`,
  consent: row.consentId,
  event: row.id,
  phone: row.phone ?? undefined,
  seller: { id: row.sellerId },
  purposes: row.purposes,
  channels: row.channels,
  source: row.source,
  at: row.at.toISOString(),
  recorded_at: row.recordedAt.toISOString(),
  // The actor decides whether a consent counts as imported.
  recorded_by: row.actor,
  ...(row.type !== "withdrawn" &&
    row.type !== "invalidated" && {
      valid_until: row.validUntil?.toISOString(),
      elements: row.elements,
      is_written: row.isWritten,
      is_proven: row.isProven,
    }),
});

const optOutClaims = (row: OptOutRow): Claims => ({
  kind: "opt-out.recorded",
  opt_out: row.id,
  phone: row.phone ?? undefined,
  scope: row.scope,
  seller: row.sellerId === null ? undefined : { id: row.sellerId },
  purposes: row.purpose === null ? undefined : [row.purpose],
  channel: row.channel,
  at: row.at.toISOString(),
  reference: row.reference,
});
