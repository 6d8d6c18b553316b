import type {
  CompiledCondition,
  CompiledRule,
  ConditionOfKind,
} from "@ringfence/core/audience/segment";
import {
  type ColumnContext,
  type Mask,
  coversRule,
  findMatches,
  findRankingCutoff,
} from "@ringfence/core/audience/segment/columns";
import { sql } from "kysely";
import { type TransactionContext, selectRows } from "../../../platform/internal.ts";
import { selectMembers } from "../sql/rule-to-sql.ts";
import type { RankingCutoffs, RuleScope } from "../sql/scope.ts";
import { type ChangedPeople, MAX_CHANGED, countChanges, loadChangedPeople } from "./changes.ts";
import type { LoadedColumns } from "./load-columns.ts";
import { z } from "zod";

/** Members of a rule: a mask of those who have not changed since loading, and the ordinals of those who have. */
export type ColumnMatches = { loaded: LoadedColumns; mask: Mask; changed: readonly number[] };

/** Once this many people have changed, columns are reloaded. */
const MANY_CHANGED = 1_000;
const MAX_ATTEMPTS = 3;

/**
 * Finds the members of rules in the columns of this process, and in SQL those who changed after loading.
 * The SQL statement also counts the changes again, so the answer holds for one point in time. Null if
 * columns cannot answer; then SQL must answer for everyone. `scope.among` is ignored.
 */
export async function findInColumns(
  ctx: TransactionContext,
  scope: RuleScope,
  rules: readonly CompiledRule[],
): Promise<ColumnMatches[] | null> {
  const { columns: store, organizationId } = ctx;
  const loaded = store?.find(organizationId, ctx.now) ?? null;
  if (store === undefined || loaded === null) return null;
  if (!rules.every((rule) => coversRule(loaded.columns, rule))) return null;

  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const since = await loadChangedPeople(ctx, loaded);
    if (since.ordinals.length >= MANY_CHANGED) store.renew(organizationId, ctx.now);
    if (since.ordinals.length > MAX_CHANGED) return null;
    const found = await findOnce(ctx, { scope, rules, loaded, since });
    if (found !== null) return found;
  }
  return null;
}

type ColumnQuestion = {
  scope: RuleScope;
  rules: readonly CompiledRule[];
  loaded: LoadedColumns;
  since: ChangedPeople;
};

/** Finds the members once; null if something changed meanwhile. */
async function findOnce(
  ctx: TransactionContext,
  question: ColumnQuestion,
): Promise<ColumnMatches[] | null> {
  const { scope, rules, loaded, since } = question;
  const { home: zone, now } = scope;
  const rankings = rules.flatMap(({ conditions }) => conditions.filter(isRanking));
  const rankValues = await loadChangedRankValues(ctx, rankings, since.ordinals);
  const context: ColumnContext = {
    now,
    zone,
    changed: createMask(loaded, since.ordinals),
    changedRankValues: (rule) => rankValues.get(rule) ?? [],
  };
  const cutoffs: RankingCutoffs = new Map(
    since.ordinals.length === 0
      ? []
      : rankings.map((rule) => [rule, findRankingCutoff(loaded.columns, rule, context)]),
  );
  const members = await findChangedMembers(ctx, question, cutoffs);
  if (members === null) return null;
  const found: ColumnMatches[] = [];
  for (const [index, rule] of rules.entries()) {
    const mask = findMatches(loaded.columns, rule, context);
    found.push({ loaded, mask, changed: members[index] ?? [] });
    // Lets other requests run between rules. Loaded columns never change, so the answer stays consistent.
    await new Promise(setImmediate);
  }
  return found;
}

const isRanking = (condition: CompiledCondition): condition is ConditionOfKind<"ranking"> =>
  condition.is === "ranking";

function createMask({ columns, findIndex }: LoadedColumns, ordinals: readonly number[]): Mask {
  const mask = new Uint8Array(columns.ordinals.length);
  for (const ordinal of ordinals) {
    const person = findIndex(ordinal);
    if (person >= 0) mask[person] = 1;
  }
  return mask;
}

/** Finds the changed people who match each rule. Null if more changed meanwhile. */
async function findChangedMembers(
  ctx: TransactionContext,
  { scope, rules, loaded, since }: ColumnQuestion,
  cutoffs: RankingCutoffs,
): Promise<number[][] | null> {
  if (since.ordinals.length === 0) return rules.map(() => []);
  const among = { ...scope, among: since.ordinals, cutoffs };
  const found = rules.map((rule) => sql`to_json(ARRAY(${selectMembers(among, rule)}))`);
  const [answer] = await selectRows(
    ctx,
    z.object({ changes: z.int(), found: z.array(z.array(z.int())) }),
    sql`
    SELECT ${countChanges(ctx, loaded)} AS changes, json_build_array(${sql.join(found)}) AS found`,
  );
  return answer?.changes === since.changes ? answer.found : null;
}

type Ranking = ConditionOfKind<"ranking">;

const rankValue = {
  recency: sql`(extract(epoch FROM last_at) * 1000)::float8`,
  frequency: sql`count::float8`,
  money: sql`amount`,
};

/** Loads the ranking values of some people. */
async function loadChangedRankValues(
  ctx: TransactionContext,
  rankings: readonly Ranking[],
  ordinals: readonly number[],
): Promise<Map<Ranking, number[]>> {
  const rankValues = new Map<Ranking, number[]>();
  if (ordinals.length === 0) return rankValues;
  for (const rule of rankings) {
    const rows = await selectRows(
      ctx,
      z.object({ value: z.number() }),
      sql`
      SELECT ${rankValue[rule.by]} AS value FROM activity_rollup
      WHERE organization_id = ${ctx.organizationId}::uuid AND type = ${rule.type}
        AND contact_ordinal = ANY (${[...ordinals]}::int[])`,
    );
    rankValues.set(
      rule,
      rows.map((row) => row.value),
    );
  }
  return rankValues;
}
