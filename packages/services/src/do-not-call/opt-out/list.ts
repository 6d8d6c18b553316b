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

/** Lists opt-outs page by page, newest first, each with how many endpoints have received it. */
export const listOptOuts = query({
  name: "listOptOuts",
  action: "opt-out.read",
  forAllSellers: true,
  input: ListOptOuts,
  run: async (ctx, { search, channel, after, limit }) => {
    const { db, organizationId } = ctx;
    const rows = await db.optOut.findMany({
      where: {
        organizationId,
        ...(search ? await toSearchCondition(ctx, search) : {}),
        ...(channel && { channel }),
        ...(after && { id: { lt: after } }),
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
