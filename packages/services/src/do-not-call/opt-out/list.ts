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
import { toScopeView } from "./opt-out.ts";
import { loadSellers } from "../../account/seller/internal.ts";

/** Lists opt-outs page by page, last recorded first, each with how many endpoints have received it. */
export const listOptOuts = query({
  name: "listOptOuts",
  action: "opt-out.read",
  forAllSellers: true,
  input: ListOptOuts,
  run: async (ctx, { search, channel, imports, from, until, after, limit, ...criteria }) => {
    const { db, organizationId } = ctx;
    const recordedAt = { ...(from && { gte: from }), ...(until && { lt: until }) };
    const ids = hasFindings(criteria)
      ? await findIds(ctx, { ...criteria, from, until, channel, after, take: limit + 1 })
      : null;
    const rows = await db.optOut.findMany({
      where: {
        organizationId,
        recordedAt,
        ...(search ? await toSearchCondition(ctx, search) : {}),
        ...(channel && { channel }),
        AND: [
          imports === false ? { channel: { not: "import" } } : {},
          ids ? { id: { in: ids } } : {},
          after ? { id: { lt: after } } : {},
        ],
      },
      orderBy: { id: "desc" },
      take: limit + 1,
      include: optOutParts,
    });
    const items = await toOptOutViews(ctx, rows.slice(0, limit));
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  },
  audit: ({ items }) => (items.length > 0 ? { listed: items.length } : null),
});

/** Filters by what is recorded elsewhere: in deliveries and calls. */
type Findings = Pick<ListOptOuts, "reach" | "campaign" | "dialer">;

const hasFindings = ({ reach, campaign, dialer }: Findings) =>
  reach !== undefined || campaign !== undefined || dialer !== undefined;

/**
 * SQL for the call that an opt-out followed, as `caused`: the last one to its number within a day before, as campaigns
 * count it. Joins to `opt_out`.
 */
export const callBehindOptOut = sql`LATERAL (
  SELECT call.seller_id, coalesce(call.campaign, '') AS campaign, coalesce(call.dialer, '') AS dialer
  FROM call
  WHERE call.organization_id = opt_out.organization_id AND call.phone_id = opt_out.phone_id
    AND call.at <= opt_out.at AND call.at >= opt_out.at - interval '1 day'
  ORDER BY call.at DESC, call.id DESC LIMIT 1
) AS caused`;

/**
 * SQL for when each endpoint that an opt-out was sent to had received it, as `reached`: null while one has not. Joins to
 * `opt_out`; opt-outs that were sent to none have no row.
 */
export const reachOfOptOut = sql`LATERAL (
  SELECT CASE WHEN bool_and(heard_at IS NOT NULL) THEN max(heard_at) END AS at
  FROM delivery
  WHERE delivery.organization_id = opt_out.organization_id AND subject_id = opt_out.id
    AND event = 'opt-out.recorded'
  HAVING count(*) > 0
) AS reached`;

type IdRequest = Findings &
  Pick<ListOptOuts, "from" | "until" | "channel" | "after"> & { take: number };

/** Finds the ids of opt-outs by deliveries and calls, last recorded first. */
async function findIds(
  { db, organizationId }: TransactionContext,
  { reach, campaign, dialer, from, until, channel, after, take }: IdRequest,
): Promise<string[]> {
  const isCaused = campaign !== undefined || dialer !== undefined;
  const rows = await selectRows(
    { db },
    z.object({ id: OptOutId }),
    sql`
    SELECT opt_out.id FROM opt_out
    ${isCaused ? sql`CROSS JOIN ${callBehindOptOut}` : sql``}
    ${reach === "all" ? sql`CROSS JOIN ${reachOfOptOut}` : sql``}
    WHERE opt_out.organization_id = ${organizationId}::uuid
      AND (${from ?? null}::timestamptz IS NULL OR recorded_at >= ${from ?? null}::timestamptz)
      AND (${until ?? null}::timestamptz IS NULL OR recorded_at < ${until ?? null}::timestamptz)
      AND (${channel ?? null}::text IS NULL OR channel = ${channel ?? null}::text)
      AND (${after ?? null}::uuid IS NULL OR opt_out.id < ${after ?? null}::uuid)
      ${campaign === undefined ? sql`` : sql`AND caused.campaign = ${campaign}`}
      ${dialer === undefined ? sql`` : sql`AND caused.dialer = ${dialer}`}
      ${reach === "all" ? sql`AND reached.at IS NOT NULL AND channel <> 'import'` : sql``}
      ${reach === "pending" ? sql`AND opt_out.id IN (${pendingOptOutIds(organizationId)})` : sql``}
    ORDER BY opt_out.id DESC LIMIT ${take}`,
  );
  return rows.map(({ id }) => id);
}

/** SQL for opt-outs that an endpoint is still waiting for. Deliveries are indexed by endpoint and status. */
export const pendingOptOutIds = (organizationId: string) => sql`
  SELECT subject_id FROM endpoint JOIN delivery
    ON delivery.organization_id = endpoint.organization_id AND endpoint_id = endpoint.id
  WHERE endpoint.organization_id = ${organizationId}::uuid AND status = 'pending'
    AND event = 'opt-out.recorded'`;

/** Turns a search into a condition. It is a reference or a phone; anything else finds nothing. */
async function toSearchCondition(ctx: TransactionContext, search: string) {
  const phoneId = await findPhoneBySearch(ctx, search);
  const reference = parseReference(search);
  return {
    OR: [...(phoneId ? [{ phoneId }] : []), ...(reference ? [{ reference }] : [])],
  };
}

type OptOutDetails = OptOutView & {
  /** Newest first. */
  corrections: readonly CorrectionView[];
  /** Why nobody can correct it. Null if an officer can. */
  whyNotCorrect: Message | null;
  /** For an opt-out typed on the public page: whether it came with a proof of work, and its burst. */
  anonymous: { hasProof: boolean; burstId: string | null } | null;
};

/** Reads one opt-out with its corrections. */
export const readOptOut = query({
  name: "readOptOut",
  action: "opt-out.read",
  forAllSellers: true,
  input: z.strictObject({ id: OptOutId }),
  run: async (ctx, { id }): Promise<OptOutDetails> => {
    const { db, organizationId } = ctx;
    const rows = await db.optOut.findMany({ where: { organizationId, id }, include: optOutParts });
    const [view] = await toOptOutViews(ctx, rows);
    if (!view) throw new ServiceError("not-found", { key: "opt-out.not-found" });
    return {
      ...view,
      corrections: await loadCorrections(ctx, { optOutId: id }),
      whyNotCorrect: await loadCorrectionFault(ctx, id),
      anonymous: await findAnonymousRequest(ctx, id),
    };
  },
  audit: ({ phoneId, id }) => ({ phoneId, optOutId: id }),
});

/** Finds the request on the public page that created the opt-out; null if it came another way. */
async function findAnonymousRequest(
  { db, organizationId }: TransactionContext,
  optOutId: OptOutId,
) {
  const row = await db.anonymousRefusal.findFirst({
    where: { organizationId, optOutId, isNew: true },
    include: { inBurst: true },
  });
  return row && { hasProof: row.hasProof, burstId: row.inBurst[0]?.burstId ?? null };
}

/** The related rows that a view of an opt-out needs. */
const optOutParts = {
  phone: { select: { e164: true } },
  notes: { select: { text: true, recording: true } },
  answers: { where: { isAccepted: true }, select: { answeredAt: true } },
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
  answers: readonly { answeredAt: Date }[];
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
  by: NamedActor | null;
  note: string | null;
  /** Address of the call's recording. */
  recording: string | null;
  reach: DeliveryReach | null;
  /** When two officers lifted it, because it was recorded for the wrong number or was part of a burst. */
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
    correctedAt: answers[0]?.answeredAt ?? null,
  }));
}

/** Number of endpoints (webhooks, dialers) that have received an opt-out, and how long the slowest took. */
export type DeliveryReach = {
  /** Endpoints that have received it, of all that it was sent to. */
  heard: number;
  of: number;
  /** Null until the first has received it. */
  tookMs: number | null;
};

const ReachRow = z.object({
  optOutId: z.string(),
  heard: z.int(),
  of: z.int(),
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
    SELECT subject_id AS "optOutId", count(heard_at)::int AS heard, count(*)::int AS of,
      (extract(epoch FROM max(heard_at - created_at)) * 1000)::float8 AS "tookMs"
    FROM delivery
    WHERE organization_id = ${organizationId}::uuid AND event = 'opt-out.recorded'
      AND subject_id = ANY (${[...optOutIds]}::uuid[])
    GROUP BY subject_id`,
  );
  return new Map(rows.map(({ optOutId, ...reach }) => [optOutId, reach]));
}
