import { sql } from "kysely";
import {
  type NamedActor,
  ServiceError,
  type TransactionContext,
  loadActorNames,
  query,
  selectRows,
} from "../../platform/internal.ts";
import { ListOptOuts, type ScopeView, parseReference } from "@ringfence/core/do-not-call/opt-out";
import { findPhoneBySearch } from "../../people/phone/internal.ts";
import { z } from "zod";
import type { Message } from "@ringfence/core/platform/message";
import { OptOutId, PhoneId } from "@ringfence/core/ids";
import { type CorrectionView, loadCorrectionFault, loadCorrections } from "./correct.ts";
import { findCorrectedAt, toScopeView } from "./opt-out.ts";
import { loadSellers } from "../../account/seller/internal.ts";

/** Lists opt-outs page by page, last recorded first, each with how many endpoints have received it. */
export const listOptOuts = query({
  name: "listOptOuts",
  action: "opt-out.read",
  forAllSellers: true,
  input: ListOptOuts,
  run: async (ctx, request) => {
    const { db, organizationId } = ctx;
    const ids = await findIds(ctx, request);
    const pageIds = ids.slice(0, request.limit);
    const rows = await db.optOut.findMany({
      where: { organizationId, id: { in: pageIds } },
      orderBy: { id: "desc" },
      include: relatedRows,
    });
    const items = await toOptOutViews(ctx, rows);
    return { items, next: ids.length > pageIds.length ? (pageIds.at(-1) ?? null) : null };
  },
  audit: ({ items }) => (items.length > 0 ? { listed: items.length } : null),
});

/**
 * Finds the ids of the page's opt-outs and of one more if there is a next page, last recorded first: ids are made in
 * the order of recording. All filters are here, because one that is applied after LIMIT makes pages short.
 */
async function findIds(
  ctx: TransactionContext,
  { search, channel, imports, from, until, reach, campaign, dialer, after, limit }: ListOptOuts,
): Promise<OptOutId[]> {
  const { db, organizationId } = ctx;
  const needsCall = campaign !== undefined || dialer !== undefined;
  const conditions = [
    sql`opt_out.organization_id = ${organizationId}::uuid`,
    search ? await toSearchCondition(ctx, search) : [],
    channel ? sql`channel = ${channel}` : [],
    imports === false ? sql`channel <> 'import'` : [],
    from ? sql`recorded_at >= ${from}::timestamptz` : [],
    until ? sql`recorded_at < ${until}::timestamptz` : [],
    // Today measures how soon opt-outs reach every endpoint without imported ones, and links to this list.
    reach === "all" ? sql`reached.at IS NOT NULL AND channel <> 'import'` : [],
    reach === "pending" ? sql`opt_out.id IN (${pendingOptOutIds(organizationId)})` : [],
    campaign === undefined ? [] : sql`last_call.campaign = ${campaign}`,
    dialer === undefined ? [] : sql`last_call.dialer = ${dialer}`,
    after ? sql`opt_out.id < ${after}::uuid` : [],
  ].flat();
  const rows = await selectRows(
    { db },
    z.object({ id: OptOutId }),
    sql`
    SELECT opt_out.id FROM opt_out
    ${needsCall ? sql`CROSS JOIN ${callBehindOptOut}` : sql``}
    ${reach === "all" ? sql`CROSS JOIN ${reachOfOptOut}` : sql``}
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY opt_out.id DESC LIMIT ${limit + 1}`,
  );
  return rows.map(({ id }) => id);
}

/** Turns a search into a condition. It is a reference or a phone; anything else finds nothing. */
async function toSearchCondition(ctx: TransactionContext, search: string) {
  const phoneId = await findPhoneBySearch(ctx, search);
  const reference = parseReference(search);
  return sql`(phone_id = ${phoneId}::uuid OR reference = ${reference}::text)`;
}

/**
 * SQL to CROSS JOIN the table `opt_out` with the call behind each opt-out, as `last_call`: the last call to its number
 * in the day before. `campaign` and `dialer` are empty if the call names none. An opt-out without such a call drops
 * out.
 */
export const callBehindOptOut = sql`LATERAL (
  SELECT call.seller_id, coalesce(call.campaign, '') AS campaign, coalesce(call.dialer, '') AS dialer
  FROM call
  WHERE call.organization_id = opt_out.organization_id AND call.phone_id = opt_out.phone_id
    AND call.at <= opt_out.at AND call.at >= opt_out.at - interval '1 day'
  ORDER BY call.at DESC, call.id DESC LIMIT 1
) AS last_call`;

/**
 * SQL to CROSS JOIN the table `opt_out` with the time when the last of its endpoints received it, as `reached.at`: null
 * while one has not, also if that delivery was given up. An opt-out that was sent to no endpoint drops out.
 */
export const reachOfOptOut = sql`LATERAL (
  SELECT CASE WHEN bool_and(heard_at IS NOT NULL) THEN max(heard_at) END AS at
  FROM delivery
  WHERE delivery.organization_id = opt_out.organization_id AND subject_id = opt_out.id
    AND event = 'opt-out.recorded'
  HAVING count(*) > 0
) AS reached`;

/**
 * SQL query for the ids of opt-outs that an endpoint is still waiting for; deliveries that were given up do not count.
 * It starts from the endpoints, because deliveries are indexed by endpoint and status.
 */
export const pendingOptOutIds = (organizationId: string) => sql`
  SELECT subject_id FROM endpoint JOIN delivery
    ON delivery.organization_id = endpoint.organization_id AND endpoint_id = endpoint.id
  WHERE endpoint.organization_id = ${organizationId}::uuid AND status = 'pending'
    AND event = 'opt-out.recorded'`;

type OptOutDetails = OptOutView & {
  /** Newest first. */
  corrections: readonly CorrectionView[];
  /** Why nobody can propose or accept a correction of it; null if officers can. */
  whyNotCorrect: Message | null;
  /**
   * Details of an opt-out from the public page: whether it had a proof of work, and its burst. Null for other opt-outs.
   */
  publicRequest: { hasProof: boolean; burstId: string | null } | null;
};

/** Reads one opt-out with its corrections. */
export const readOptOut = query({
  name: "readOptOut",
  action: "opt-out.read",
  forAllSellers: true,
  input: z.strictObject({ id: OptOutId }),
  run: async (ctx, { id }): Promise<OptOutDetails> => {
    const { db, organizationId } = ctx;
    const rows = await db.optOut.findMany({ where: { organizationId, id }, include: relatedRows });
    const [view] = await toOptOutViews(ctx, rows);
    if (!view) throw new ServiceError("not-found", { key: "opt-out.not-found" });
    return {
      ...view,
      corrections: await loadCorrections(ctx, { optOutId: id }),
      whyNotCorrect: await loadCorrectionFault(ctx, id),
      publicRequest: await findPublicRequest(ctx, id),
    };
  },
  audit: ({ phoneId, id }) => ({ phoneId, optOutId: id }),
});

/** Finds the request on the public page that created the opt-out. Later requests that repeat it are not new. */
async function findPublicRequest({ db, organizationId }: TransactionContext, optOutId: OptOutId) {
  const row = await db.anonymousRefusal.findFirst({
    where: { organizationId, optOutId, isNew: true },
    include: { inBurst: true },
  });
  return row && { hasProof: row.hasProof, burstId: row.inBurst[0]?.burstId ?? null };
}

/** The related rows that a view of an opt-out needs. There is at most one note, and at most one accepted answer. */
const relatedRows = {
  phone: { select: { e164: true } },
  notes: { select: { text: true, recording: true } },
  answers: {
    where: { isAccepted: true },
    select: { correctionId: true, answeredAt: true, mac: true },
  },
} as const;

type OptOutRow = Parameters<typeof toScopeView>[1] & {
  id: string;
  phoneId: string;
  phone: { e164: string | null };
  channel: string;
  at: Date;
  recordedAt: Date;
  reference: string;
  actor: unknown;
  notes: readonly { text: string | null; recording: string | null }[];
  answers: Parameters<typeof findCorrectedAt>[1]["answers"];
};

type OptOutView = {
  id: OptOutId;
  phoneId: PhoneId;
  /** Null after erasure. */
  phone: string | null;
  scope: ScopeView;
  channel: string;
  effectiveAt: Date;
  recordedAt: Date;
  reference: string;
  /** Who recorded it. */
  by: NamedActor | null;
  /** Null if there is none, or it was erased. */
  note: string | null;
  /** Address of the call's recording. */
  recording: string | null;
  /** Null if it was sent to no endpoint. */
  reach: DeliveryReach | null;
  /**
   * Time at which two officers lifted it, because of a wrong number or a burst (`findCorrectedAt`); null if they did
   * not.
   */
  correctedAt: Date | null;
};

async function toOptOutViews(
  ctx: TransactionContext,
  rows: readonly OptOutRow[],
): Promise<OptOutView[]> {
  const sellers = await loadSellers(ctx);
  const nameActor = await loadActorNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  const reaches = await loadReaches(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.map(({ phone, notes, answers, ...optOut }) => ({
    id: OptOutId.parse(optOut.id),
    phoneId: PhoneId.parse(optOut.phoneId),
    phone: phone.e164,
    scope: toScopeView(sellers, optOut),
    channel: optOut.channel,
    effectiveAt: optOut.at,
    recordedAt: optOut.recordedAt,
    reference: optOut.reference,
    by: nameActor(optOut.actor),
    note: notes[0]?.text ?? null,
    recording: notes[0]?.recording ?? null,
    reach: reaches.get(optOut.id) ?? null,
    correctedAt: findCorrectedAt(ctx, { ...optOut, answers }),
  }));
}

/** Number of endpoints (webhooks, dialers) that have received an opt-out, and how long the slowest took. */
export type DeliveryReach = {
  received: number;
  /** All endpoints that it was sent to. */
  sentTo: number;
  /** Null until the first has received it. */
  tookMs: number | null;
};

const ReachRow = z.object({
  optOutId: z.string(),
  received: z.int(),
  sentTo: z.int(),
  tookMs: z.number().nullable(),
});

/** Loads the reach of opt-outs by id. Opt-outs that were sent to no endpoint are missing. */
async function loadReaches(
  { db, organizationId }: TransactionContext,
  optOutIds: readonly string[],
): Promise<ReadonlyMap<string, DeliveryReach>> {
  if (optOutIds.length === 0) return new Map();
  const rows = await selectRows(
    { db },
    ReachRow,
    sql`
    SELECT subject_id AS "optOutId", count(heard_at)::int AS received, count(*)::int AS "sentTo",
      (extract(epoch FROM max(heard_at - created_at)) * 1000)::float8 AS "tookMs"
    FROM delivery
    WHERE organization_id = ${organizationId}::uuid AND event = 'opt-out.recorded'
      AND subject_id = ANY (${[...optOutIds]}::uuid[])
    GROUP BY subject_id`,
  );
  return new Map(rows.map(({ optOutId, ...reach }) => [optOutId, reach]));
}
