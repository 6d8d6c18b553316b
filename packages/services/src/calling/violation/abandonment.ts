import { ViolationId } from "@ringfence/core/ids";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { type RuleId, listBooks } from "@ringfence/core/people/jurisdiction";
import { DAY_MS } from "@ringfence/core/platform/time";
import {
  type OverLimit,
  dueAt,
  findSpansOverLimit,
  severityRank,
  causeSeverity,
  toStoredCauses,
} from "@ringfence/core/calling/violation";
import { type TransactionContext, selectRows, toTable } from "../../platform/internal.ts";
import { announceChanges } from "../../do-not-call/outbox/internal.ts";
import type { JudgedCall } from "./judge-call.ts";
import { sql } from "kysely";
import { z } from "zod";

type Campaign = { campaign: string; ruleId: RuleId };

/**
 * Records a violation for each period in which a campaign abandoned more calls than a rule allows. It looks at the
 * campaigns of these calls, which `countCallsByDay` has to have counted.
 */
export async function recordAbandonment(ctx: TransactionContext, judged: readonly JudgedCall[]) {
  const touched = listCountedCalls(judged).map(({ campaign, ruleId }) => ({ campaign, ruleId }));
  const campaigns = new Map(touched.map((one) => [JSON.stringify(one), one]));
  const books = listBooks(await loadLaw(ctx));
  for (const campaign of campaigns.values()) {
    const { db, organizationId } = ctx;
    const days = await db.campaignDay.findMany({ where: { organizationId, ...campaign } });
    const earlier = await db.violation.findFirst({
      where: { organizationId, ...campaign, spanFrom: { not: null } },
      orderBy: { spanFrom: "asc" },
      select: { spanFrom: true },
    });
    const begin = earlier?.spanFrom ?? null;
    const spans = books.flatMap((book) => findSpansOverLimit(book, campaign.ruleId, days, begin));
    for (const over of spans) await saveViolation(ctx, campaign, over);
  }
}

const SavedRow = z.object({ id: ViolationId, isNew: z.boolean() });

/** Saves one violation per campaign, rule and period. Later counts update an open violation, but never a closed one. */
async function saveViolation(
  ctx: TransactionContext,
  { campaign, ruleId }: Campaign,
  over: OverLimit,
) {
  const { organizationId, now } = ctx;
  const { from, citation, ...counted } = over;
  const message = {
    key: "violation.abandoned-calls",
    values: { ...counted, campaign, from: from.toISOString().slice(0, 10) },
  } as const;
  const cause = "abandoned-calls";
  const severity = causeSeverity(cause);
  const ended = new Date(Math.min(from.getTime() + over.days * DAY_MS, now.getTime()));
  const rows = await selectRows(
    ctx,
    SavedRow,
    sql`
    INSERT INTO violation (organization_id, id, campaign, rule_id, span_from, at, causes, codes,
      rank, found_at, due_at)
    VALUES (${organizationId}::uuid, uuid7(), ${campaign}, ${ruleId}, ${from}::date, ${ended},
      ${JSON.stringify(toStoredCauses([{ cause, rule: ruleId, citation, message }]))}::jsonb,
      ARRAY[${cause}], ${severityRank(severity)}, ${now}, ${dueAt(severity, now)})
    ON CONFLICT (organization_id, campaign, rule_id, span_from) DO UPDATE
    SET causes = EXCLUDED.causes, at = EXCLUDED.at WHERE violation.closed_at IS NULL
    RETURNING id, xmax = 0 AS is_new`,
  );
  const made = rows.flatMap(({ id, isNew }) => (isNew ? id : []));
  await announceChanges(ctx, "violation.found", made);
}

/**
 * Counts calls by day, and by campaign for rules about abandoned calls. Call it once for each call, or it counts twice.
 */
export async function countCallsByDay(ctx: TransactionContext, judged: readonly JudgedCall[]) {
  const { db, organizationId } = ctx;
  const calls = judged.map(({ at, gate }) => ({ at, isBypassed: gate !== null }));
  await db.$executeRaw`
    INSERT INTO call_day (organization_id, day, calls, bypassed)
    SELECT ${organizationId}::uuid, at::date, count(*), count(*) FILTER (WHERE is_bypassed)
    FROM ${toTable(calls, { at: "timestamptz", isBypassed: "boolean" })} AS judged
    GROUP BY at::date
    ON CONFLICT (organization_id, day) DO UPDATE
    SET calls = call_day.calls + EXCLUDED.calls, bypassed = call_day.bypassed + EXCLUDED.bypassed`;
  const counted = listCountedCalls(judged).map((call) => ({
    ...call,
    isAbandoned: call.end === "abandoned",
  }));
  if (counted.length === 0) return;
  const table = toTable(counted, {
    campaign: "text",
    ruleId: "text",
    at: "timestamptz",
    isAbandoned: "boolean",
  });
  await db.$executeRaw`
    INSERT INTO campaign_day (organization_id, campaign, rule_id, day, answered, abandoned)
    SELECT ${organizationId}::uuid, campaign, rule_id, at::date, count(*),
      count(*) FILTER (WHERE is_abandoned)
    FROM ${table} AS counted
    GROUP BY campaign, rule_id, at::date
    ON CONFLICT (organization_id, campaign, rule_id, day) DO UPDATE
    SET answered = campaign_day.answered + EXCLUDED.answered,
      abandoned = campaign_day.abandoned + EXCLUDED.abandoned`;
}

/**
 * Lists campaign calls that count under rules about abandoned calls, once per rule, with how the call ended.
 */
const listCountedCalls = (judged: readonly JudgedCall[]) =>
  judged.flatMap(({ campaign, abandonmentRules, end, at }) =>
    campaign === null || end === "other"
      ? []
      : abandonmentRules.map((ruleId) => ({ campaign, ruleId, end, at })),
  );
