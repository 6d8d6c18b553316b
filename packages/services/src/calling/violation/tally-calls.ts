import type { TransactionContext } from "../../platform/context.ts";
import { countedCalls } from "./counted-calls.ts";
import type { JudgedCall } from "./judge-waiting.ts";

/** Counts calls that are judged for the first time: by day, and of campaigns that a rule looks at. */
export async function tallyCalls(ctx: TransactionContext, judged: readonly JudgedCall[]) {
  const { db, organizationId } = ctx;
  await db.$executeRaw`
    INSERT INTO call_day (organization_id, day, calls, bypassed)
    SELECT ${organizationId}::uuid, at::date, count(*), count(*) FILTER (WHERE is_bypassed)
    FROM unnest(${judged.map(({ at }) => at)}::timestamptz[],
      ${judged.map(({ gate }) => gate !== null)}::boolean[]) AS judged (at, is_bypassed)
    GROUP BY at::date
    ON CONFLICT (organization_id, day) DO UPDATE
    SET calls = call_day.calls + EXCLUDED.calls, bypassed = call_day.bypassed + EXCLUDED.bypassed`;
  const counted = countedCalls(judged);
  if (counted.length === 0) return;
  await db.$executeRaw`
    INSERT INTO campaign_day (organization_id, campaign, rule_id, day, answered, abandoned)
    SELECT ${organizationId}::uuid, campaign, rule_id, at::date, count(*),
      count(*) FILTER (WHERE is_abandoned)
    FROM unnest(${counted.map(({ campaign }) => campaign)}::text[],
      ${counted.map(({ ruleId }) => ruleId)}::text[], ${counted.map(({ at }) => at)}::timestamptz[],
      ${counted.map(({ end }) => end === "abandoned")}::boolean[])
      AS counted (campaign, rule_id, at, is_abandoned)
    GROUP BY campaign, rule_id, at::date
    ON CONFLICT (organization_id, campaign, rule_id, day) DO UPDATE
    SET answered = campaign_day.answered + EXCLUDED.answered,
      abandoned = campaign_day.abandoned + EXCLUDED.abandoned`;
}
