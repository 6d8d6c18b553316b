import { isByBehavior, type KnownSegments, type Rule } from "@ringfence/core/audience/segment";
import { sql } from "kysely";
import type { TransactionContext } from "../../platform/context.ts";
import { peopleWhoRefusedProfiling } from "./people-by-phone.ts";

/**
 * Of people who were kept, those who may still be told: where any of the rules behind them is by behavior,
 * nobody who has refused profiling by now.
 */
export const withoutRefusers = async (
  ctx: TransactionContext,
  rules: readonly Rule[],
  segments: KnownSegments,
  ordinals: readonly number[],
): Promise<number[]> =>
  rules.some((rule) => isByBehavior(rule, segments)) ? profiled(ctx, ordinals) : [...ordinals];

/** Of some people, those who have not refused profiling by now. */
export async function profiled(
  ctx: TransactionContext,
  ordinals: readonly number[],
): Promise<number[]> {
  const { organizationId, db } = ctx;
  const who = peopleWhoRefusedProfiling({ organizationId, among: ordinals });
  const { rows } = await sql<{ o: number }>`${who.rows}`.execute(db.$kysely);
  const refused = new Set(rows.map(({ o }) => o));
  return ordinals.filter((ordinal) => !refused.has(ordinal));
}
