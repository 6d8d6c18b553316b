import { sql } from "kysely";
import { z } from "zod";
import {
  type TransactionContext,
  toStoredActor,
  selectRow,
  selectRows,
} from "../../platform/internal.ts";
import { isUnanswered } from "../../do-not-call/opt-out/internal.ts";
import type { Need } from "./need.ts";
import { CampaignId, type SellerId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import { findCutScopes, makerSelection } from "../../account/api-key/internal.ts";

/** Counts messages that may be opt-outs. They take effect only when a member confirms them. */
export async function countOpenQuestions({
  db,
  organizationId,
}: TransactionContext): Promise<Need[]> {
  const { _count: count, _min: oldest } = await db.refusalQuestion.aggregate({
    where: { organizationId },
    _count: true,
    _min: { receivedAt: true },
  });
  if (oldest.receivedAt === null) return [];
  return [{ kind: "questions-open", when: "now", count, oldest: oldest.receivedAt }];
}

/** Counts complaints that nobody has settled. */
export async function countOpenComplaints({
  db,
  organizationId,
}: TransactionContext): Promise<Need[]> {
  const { _count: count, _min: oldest } = await db.complaint.aggregate({
    where: { organizationId, settledAt: null },
    _count: true,
    _min: { receivedAt: true },
  });
  if (oldest.receivedAt === null) return [];
  return [{ kind: "complaints-open", when: "today", count, oldest: oldest.receivedAt }];
}

/** Counts corrections that wait for another officer, except the actor's own. */
export async function countOpenCorrections(ctx: TransactionContext): Promise<Need[]> {
  const { db, organizationId } = ctx;
  const { type, id } = toStoredActor(ctx.actor);
  const isOwn = { AND: [{ actor: fieldIs("type", type) }, { actor: fieldIs("id", id) }] };
  const { _count: count, _min: oldest } = await db.optOutCorrection.aggregate({
    where: { organizationId, ...isUnanswered, NOT: isOwn },
    _count: true,
    _min: { proposedAt: true },
  });
  if (oldest.proposedAt === null) return [];
  return [{ kind: "corrections-open", when: "today", count, oldest: oldest.proposedAt }];
}

const fieldIs = (name: string, equals: string) => ({ path: [name], equals });

/** Counts opt-outs with an unreadable number. They are not in force. */
export async function countUnreadableOptOuts({
  db,
  organizationId,
}: TransactionContext): Promise<Need[]> {
  const { _count: count, _min: oldest } = await db.misreadOptOut.aggregate({
    where: { organizationId, discardedAt: null },
    _count: true,
    _min: { recordedAt: true },
  });
  if (oldest.recordedAt === null) return [];
  return [{ kind: "opt-outs-misread", when: "now", count, oldest: oldest.recordedAt }];
}

const AHEAD_DAYS = 7;

/** Counts consents that end within a week and were not renewed or ended since. */
export async function countEndingConsents(
  { db, organizationId, now }: TransactionContext,
  sellerIds: readonly SellerId[] | null,
): Promise<Need[]> {
  const before = new Date(now.getTime() + AHEAD_DAYS * DAY_MS);
  const rows = await selectRows(
    { db },
    z.object({ seller: z.string(), count: z.number(), first: z.date() }),
    sql`
    SELECT seller.name AS seller, count(*)::int AS count, min(ending.valid_until) AS first
    FROM consent_event ending JOIN seller
      ON seller.organization_id = ending.organization_id AND seller.id = ending.seller_id
    WHERE ending.organization_id = ${organizationId}::uuid
      AND ending.type IN ('granted', 'renewed')
      AND ending.valid_until > ${now}::timestamptz AND ending.valid_until < ${before}::timestamptz
      AND (${sellerIds}::uuid[] IS NULL OR ending.seller_id = ANY (${sellerIds}::uuid[]))
      AND NOT EXISTS (
        SELECT FROM consent_event later
        WHERE later.organization_id = ending.organization_id AND later.phone_id = ending.phone_id
          AND later.seller_id = ending.seller_id AND later.at > ending.at AND later.at <= ${now}
          AND later.type <> 'requested'
          AND (later.consent_id = ending.consent_id
            OR later.purposes @> ending.purposes AND later.channels @> ending.channels))
    GROUP BY seller.name ORDER BY count DESC, seller.name`,
  );
  const [earliest] = rows.map(({ first }) => first).toSorted((a, b) => a.getTime() - b.getTime());
  if (earliest === undefined) return [];
  return [
    {
      kind: "consents-ending",
      when: "week",
      count: rows.reduce((sum, { count }) => sum + count, 0),
      first: earliest,
      before,
      sellers: rows.map(({ seller }) => seller),
    },
  ];
}

/** Filter for bursts that no officer has dismissed or lifted. */
const openBurst = {
  dismissedAt: null,
  liftings: { none: { answers: { some: { isAccepted: true } } } },
};

/** Counts bursts of opt-outs that no officer has settled. */
export async function countOpenBursts({ db, organizationId }: TransactionContext): Promise<Need[]> {
  const { _count: count, _min: oldest } = await db.refusalBurst.aggregate({
    where: { organizationId, ...openBurst },
    _count: true,
    _min: { openedAt: true },
  });
  if (oldest.openedAt === null) return [];
  return [{ kind: "bursts-open", when: "now", count, oldest: oldest.openedAt }];
}

/** Counts proposals to lift bursts that wait for another officer, except the actor's own. */
export async function countOpenBurstLiftings(ctx: TransactionContext): Promise<Need[]> {
  const { db, organizationId } = ctx;
  const { type, id } = toStoredActor(ctx.actor);
  const isOwn = { AND: [{ actor: fieldIs("type", type) }, { actor: fieldIs("id", id) }] };
  const { _count: count, _min: oldest } = await db.burstLifting.aggregate({
    where: { organizationId, answers: { none: {} }, NOT: isOwn },
    _count: true,
    _min: { proposedAt: true },
  });
  if (oldest.proposedAt === null) return [];
  return [{ kind: "burst-liftings-open", when: "today", count, oldest: oldest.proposedAt }];
}

const HeldCampaignRow = z.object({
  id: z.string(),
  name: z.string(),
  refused: z.number(),
  reached: z.number(),
  at: z.date(),
});
type HeldCampaignRow = z.infer<typeof HeldCampaignRow>;

/** Lists campaigns that paused themselves, latest first, until somebody resumes or ends them. */
export async function listHeldCampaigns(
  { db, organizationId }: TransactionContext,
  sellers: readonly SellerId[] | null,
): Promise<Need[]> {
  const rows = await selectRows(
    { db },
    HeldCampaignRow,
    sql`
    SELECT DISTINCT ON (campaign.id) campaign.id, name, at,
      (details ->> 'refused')::int AS refused, (details ->> 'reached')::int AS reached
    FROM campaign JOIN campaign_step AS step
      ON step.organization_id = campaign.organization_id AND campaign_id = campaign.id
    WHERE campaign.organization_id = ${organizationId}::uuid AND campaign.state = 'paused' AND is_held
      AND act = 'hold' AND (${sellers === null} OR seller_id = ANY (${[...(sellers ?? [])]}::uuid[]))
    ORDER BY campaign.id DESC, step.id DESC`,
  );
  return rows.map(({ id, at, ...row }) => ({
    kind: "campaign-held",
    when: "now",
    campaignId: CampaignId.parse(id),
    ...row,
    since: at,
  }));
}

const ViolationCounts = z.object({
  count: z.number(),
  grave: z.number(),
  overdue: z.number(),
  due: z.date().nullable(),
});
type ViolationCounts = z.infer<typeof ViolationCounts>;

/** Counts violations that nobody has settled. Urgent if one is grave or overdue. */
export async function countOpenViolations({
  db,
  organizationId,
  now,
}: TransactionContext): Promise<Need[]> {
  const counts = await selectRow(
    { db },
    ViolationCounts,
    sql`
    SELECT count(*)::int AS count, count(*) FILTER (WHERE rank = 0)::int AS grave,
      count(*) FILTER (WHERE due_at < ${now})::int AS overdue, min(due_at) AS due
    FROM violation WHERE organization_id = ${organizationId}::uuid AND closed_at IS NULL`,
  );
  const { count, grave, overdue, due } = counts;
  if (due === null) return [];
  const when = grave + overdue > 0 ? "now" : "today";
  return [{ kind: "violations-open", when, count, grave, overdue, due }];
}

/** Finds API keys that lost scopes because their makers lost permissions. Somebody has to take them over. */
export async function findCutKeys({ db, organizationId }: TransactionContext): Promise<Need[]> {
  const keys = await db.apiKey.findMany({
    where: { organizationId, revokedAt: null, NOT: { makerId: null } },
    include: { maker: makerSelection },
    orderBy: { id: "asc" },
  });
  const names = keys.filter((key) => findCutScopes(key).length > 0).map(({ name }) => name);
  return names.length === 0 ? [] : [{ kind: "keys-cut", when: "now", names }];
}
