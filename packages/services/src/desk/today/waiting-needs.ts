import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { type Action, may } from "@ringfence/core/platform/access";
import {
  type TransactionContext,
  toStoredActor,
  selectRow,
  selectRows,
  visibleSellerIds,
} from "../../platform/internal.ts";
import type { Need } from "./need.ts";
import { CampaignId, type SellerId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import { NEAR_DUE_DAYS } from "@ringfence/core/desk/complaint";
import { findKeyWarning } from "@ringfence/core/account/api-key";
import { listUnknownNames } from "@ringfence/core/calling/policy";
import { listBooks } from "@ringfence/core/people/jurisdiction";
import { loadPoliciesInForce } from "../../calling/policy/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { listReviewableCampaigns } from "../../audience/campaign/internal.ts";
import { findCutScopes, makerSelection } from "../../account/api-key/internal.ts";

/** Needs that are counted, with the time of the oldest. */
type WaitingNeed = Extract<Need, { oldest: Date }>;
type WaitingKind<Of = WaitingNeed> = Of extends Need ? Pick<Of, "kind" | "when"> : never;

/**
 * Lists what can wait for a member, most urgent first. `rows` selects what is waiting, with the time as `at`.
 * Proposals that another officer has to answer are left out if the actor made them.
 */
function listWaiting({ organizationId, actor }: TransactionContext): {
  need: WaitingKind;
  action: Action;
  rows: RawBuilder<unknown>;
}[] {
  const { type, id } = toStoredActor(actor);
  const isOfAnother = sql`(actor ->> 'type', actor ->> 'id') IS DISTINCT FROM (${type}::text, ${id}::text)`;
  return [
    {
      need: { kind: "opt-outs-misread", when: "now" },
      action: "opt-out.read",
      rows: sql`SELECT recorded_at AS at FROM misread_opt_out
        WHERE organization_id = ${organizationId}::uuid AND discarded_at IS NULL`,
    },
    {
      need: { kind: "questions-open", when: "now" },
      action: "opt-out.read",
      rows: sql`SELECT received_at AS at FROM refusal_question
        WHERE organization_id = ${organizationId}::uuid`,
    },
    {
      need: { kind: "bursts-open", when: "now" },
      action: "opt-out.read",
      rows: sql`SELECT opened_at AS at FROM refusal_burst AS burst
        WHERE organization_id = ${organizationId}::uuid AND dismissed_at IS NULL
          AND NOT EXISTS (
            SELECT FROM burst_lifting AS lifting JOIN burst_lifting_answer AS answer
              ON answer.organization_id = lifting.organization_id AND lifting_id = lifting.id
            WHERE lifting.organization_id = burst.organization_id AND burst_id = burst.id
              AND is_accepted)`,
    },
    {
      need: { kind: "deliveries-dead", when: "now" },
      action: "endpoint.read",
      // By endpoint, because that is how deliveries are indexed.
      rows: sql`SELECT dead.created_at AS at FROM endpoint JOIN delivery AS dead
          ON dead.organization_id = endpoint.organization_id AND endpoint_id = endpoint.id
        WHERE endpoint.organization_id = ${organizationId}::uuid AND disabled_at IS NULL
          AND status = 'dead'`,
    },
    {
      need: { kind: "corrections-open", when: "today" },
      action: "opt-out.read",
      rows: sql`SELECT proposed_at AS at FROM opt_out_correction AS correction
        WHERE organization_id = ${organizationId}::uuid AND ${isOfAnother}
          AND NOT EXISTS (
            SELECT FROM opt_out_correction_answer AS answer
            WHERE answer.organization_id = correction.organization_id
              AND correction_id = correction.id)`,
    },
    {
      need: { kind: "burst-liftings-open", when: "today" },
      action: "opt-out.read",
      rows: sql`SELECT proposed_at AS at FROM burst_lifting AS lifting
        WHERE organization_id = ${organizationId}::uuid AND ${isOfAnother}
          AND NOT EXISTS (
            SELECT FROM burst_lifting_answer AS answer
            WHERE answer.organization_id = lifting.organization_id AND lifting_id = lifting.id)`,
    },
    {
      need: { kind: "form-questions-open", when: "today" },
      action: "capture-form.change",
      rows: sql`SELECT updated_at AS at FROM capture_form
        WHERE organization_id = ${organizationId}::uuid AND closed_at IS NULL AND EXISTS (
          SELECT FROM jsonb_array_elements(checks) AS result
          WHERE result -> 'finding' ->> 'result' = 'cannot-tell'
            AND NOT answers @> jsonb_build_array(jsonb_build_object('check', result -> 'check')))`,
    },
  ];
}

const WaitingRow = z.object({ kind: z.string(), count: z.number(), oldest: z.date().nullable() });

/** Counts all that waits and that the actor may read, in one statement. */
export async function countWaiting(ctx: TransactionContext): Promise<WaitingNeed[]> {
  const readable = listWaiting(ctx).filter(({ action }) => may(ctx.actor, action));
  if (readable.length === 0) return [];
  const counts = readable.map(
    ({ need, rows }) => sql`
    SELECT ${need.kind}::text AS kind, count(*)::int AS count, min(at) AS oldest
    FROM (${rows}) AS waiting`,
  );
  const counted = await selectRows(ctx, WaitingRow, sql`${sql.join(counts, sql` UNION ALL `)}`);
  return readable.flatMap(({ need }): WaitingNeed[] => {
    const { count = 0, oldest = null } = counted.find(({ kind }) => kind === need.kind) ?? {};
    return oldest === null ? [] : [{ ...need, count, oldest }];
  });
}

/** Counts the campaigns that wait for the actor's review. */
export async function countCampaignsInReview(ctx: TransactionContext): Promise<Need[]> {
  const times = (await listReviewableCampaigns(ctx)).map(({ at }) => at.getTime());
  if (times.length === 0) return [];
  const oldest = new Date(Math.min(...times));
  return [{ kind: "campaigns-in-review", when: "today", count: times.length, oldest }];
}

const AHEAD_DAYS = 7;

/** Counts consents that end within a week and were not renewed or ended since, for the sellers that the actor may see. */
export async function countEndingConsents({
  db,
  organizationId,
  actor,
  now,
}: TransactionContext): Promise<Need[]> {
  if (!may(actor, "consent.read")) return [];
  const sellerIds = visibleSellerIds(actor);
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

const HeldCampaignRow = z.object({
  id: z.string(),
  name: z.string(),
  refused: z.number(),
  reached: z.number(),
  at: z.date(),
});

/** Lists campaigns that paused themselves, newest campaign first, until somebody resumes or ends them. */
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

const ComplaintCounts = z.object({
  count: z.number(),
  overdue: z.number(),
  near: z.number(),
  due: z.date().nullable(),
});

/** Counts open complaints. Urgent if one is overdue or near its deadline. */
export async function countOpenComplaints({
  db,
  organizationId,
  now,
}: TransactionContext): Promise<Need[]> {
  const near = new Date(now.getTime() + NEAR_DUE_DAYS * DAY_MS);
  const { due, ...counts } = await selectRow(
    { db },
    ComplaintCounts,
    sql`
    SELECT count(*)::int AS count, count(*) FILTER (WHERE due_at < ${now})::int AS overdue,
      count(*) FILTER (WHERE due_at >= ${now} AND due_at < ${near})::int AS near,
      min(due_at) AS due
    FROM complaint WHERE organization_id = ${organizationId}::uuid AND decided_at IS NULL`,
  );
  if (due === null) return [];
  const when = counts.overdue + counts.near > 0 ? "now" : "today";
  return [{ kind: "complaints-open", when, ...counts, due }];
}

/**
 * Finds places and registries that policies name but the law data no longer has. Their rules refuse more than intended.
 */
export async function findNamesGone(ctx: TransactionContext): Promise<Need[]> {
  const policies = await loadPoliciesInForce(ctx);
  if (policies.length === 0) return [];
  const books = listBooks(await loadLaw(ctx));
  const names = new Set(books.flatMap((book) => listUnknownNames(book, policies)));
  return names.size === 0 ? [] : [{ kind: "policy-names-gone", when: "now", names: [...names] }];
}

type ExpiringKeys = Extract<Need, { kind: "keys-expiring" }>;

/** Loads the API keys that work, with what their needs are found by. */
const loadKeys = ({ db, organizationId }: TransactionContext) =>
  db.apiKey.findMany({
    where: { organizationId, revokedAt: null },
    include: {
      maker: makerSelection,
      networks: { where: { isUnexpected: true }, orderBy: { firstAt: "asc" }, take: 1 },
    },
    orderBy: { id: "asc" },
  });

type LoadedKey = Awaited<ReturnType<typeof loadKeys>>[number];

/** Finds what API keys need: a maker, to be replaced before they expire, or a look at a new network. */
export async function findKeyNeeds(ctx: TransactionContext) {
  const keys = await loadKeys(ctx);
  return {
    cut: findCutKeys(keys),
    expiring: findExpiringKeys(keys, ctx.now),
    inNewNetworks: findKeysInNewNetworks(keys),
  };
}

/** Finds API keys that lost scopes because their makers lost permissions. Somebody has to take them over. */
function findCutKeys(keys: readonly LoadedKey[]): Need[] {
  const names = keys
    .filter((key) => key.maker !== null && findCutScopes(key).length > 0)
    .map(({ name }) => name);
  return names.length === 0 ? [] : [{ kind: "keys-cut", when: "now", names }];
}

/** Finds API keys that expired lately or will soon, a need for each urgency. */
function findExpiringKeys(keys: readonly LoadedKey[], now: Date): ExpiringKeys[] {
  const needs = new Map<ExpiringKeys["when"], ExpiringKeys & { names: string[] }>();
  const ending = keys
    .flatMap(({ name, expiresAt }) => (expiresAt === null ? [] : [{ name, expiresAt }]))
    .toSorted((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime());
  for (const { name, expiresAt } of ending) {
    const when = findKeyWarning(expiresAt, now);
    if (!when) continue;
    const need = needs.get(when) ?? { kind: "keys-expiring", when, names: [], first: expiresAt };
    need.names.push(name);
    needs.set(when, need);
  }
  return [...needs.values()];
}

/** Finds API keys that were used from networks which are new for them and which nobody has confirmed. */
function findKeysInNewNetworks(keys: readonly LoadedKey[]): Need[] {
  const used = keys.filter(({ networks }) => networks.length > 0);
  const [first] = used
    .flatMap(({ networks }) => networks.map(({ firstAt }) => firstAt))
    .toSorted((a, b) => a.getTime() - b.getTime());
  if (first === undefined) return [];
  return [{ kind: "keys-new-network", when: "today", names: used.map(({ name }) => name), first }];
}
