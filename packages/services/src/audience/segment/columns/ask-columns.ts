import { type LeafOf, type Rule, nodesThrough } from "@ringfence/core/audience/segment";
import {
  type Asked,
  type Mask,
  findInColumns,
  isInColumns,
  rankingCutoff,
} from "@ringfence/core/audience/segment/columns";
import { sql } from "kysely";
import type { TransactionContext } from "../../../platform/context.ts";
import { memberQuery } from "../sql/compile-rule.ts";
import type { Cutoffs, Scope } from "../sql/scope.ts";
import { type ChangedSince, MOST_CHANGED, changeCount, changedSince } from "./changes.ts";
import type { LoadedColumns } from "./load-columns.ts";

/** Of those who have not changed, by their places; and the ordinals of those who have. */
export type FoundPeople = { loaded: LoadedColumns; mask: Mask; changed: readonly number[] };

/** After changes of so many people columns are read anew. */
const MANY_CHANGED = 1_000;
const TURNS = 3;

/**
 * Who is meant by some rules, from the columns of this process and, of whom something changed since they
 * were read, from the database: all as of the instant of one statement, which tells that nothing else has
 * changed by then. Null where columns do not do; then the database is asked about everybody.
 */
export async function askColumns(
  ctx: TransactionContext,
  scope: Scope,
  rules: readonly Rule[],
): Promise<FoundPeople[] | null> {
  const { columns: store, organizationId } = ctx;
  const loaded = store?.of(organizationId, ctx.now) ?? null;
  if (store === undefined || loaded === null) return null;
  if (!rules.every((rule) => isInColumns(loaded.columns, rule, scope.segments))) return null;

  for (let turn = 0; turn < TURNS; turn++) {
    const since = await changedSince(ctx, loaded);
    if (since.ordinals.length >= MANY_CHANGED) store.renew(organizationId, ctx.now);
    if (since.ordinals.length > MOST_CHANGED) return null;
    const found = await askOnce(ctx, { scope, rules, loaded, since });
    if (found !== null) return found;
  }
  return null;
}

type Question = {
  scope: Scope;
  rules: readonly Rule[];
  loaded: LoadedColumns;
  since: ChangedSince;
};

/** Null where something has changed in between. */
async function askOnce(ctx: TransactionContext, question: Question): Promise<FoundPeople[] | null> {
  const { scope, rules, loaded, since } = question;
  const { segments, home: zone, now } = scope;
  const rankings = rules.flatMap((rule) => nodesThrough(rule, segments).filter(isRanking));
  const worths = await worthsOfChanged(ctx, rankings, since.ordinals);
  const asked: Asked = {
    now,
    zone,
    segments,
    changed: maskOf(loaded, since.ordinals),
    worthsOfChanged: (rule) => worths.get(rule) ?? [],
  };
  const cutoffs: Cutoffs = new Map(
    since.ordinals.length === 0
      ? []
      : rankings.map((rule) => [rule, rankingCutoff(loaded.columns, rule, asked)]),
  );
  const members = await membersAmongChanged(ctx, question, cutoffs);
  if (members === null) return null;
  const found: FoundPeople[] = [];
  for (const [index, rule] of rules.entries()) {
    const mask = findInColumns(loaded.columns, rule, asked);
    found.push({ loaded, mask, changed: members[index] ?? [] });
    // Columns stay as they are: other requests need not wait for all rules.
    await new Promise(setImmediate);
  }
  return found;
}

const isRanking = (node: Rule): node is LeafOf<"ranking"> => node.is === "ranking";

function maskOf({ columns, placeOf }: LoadedColumns, ordinals: readonly number[]): Mask {
  const mask = new Uint8Array(columns.ordinals.length);
  for (const ordinal of ordinals) {
    const place = placeOf(ordinal);
    if (place >= 0) mask[place] = 1;
  }
  return mask;
}

/** By rule, those of whom something changed who are meant; null where more has changed by now. */
async function membersAmongChanged(
  ctx: TransactionContext,
  { scope, rules, loaded, since }: Question,
  cutoffs: Cutoffs,
): Promise<number[][] | null> {
  if (since.ordinals.length === 0) return rules.map(() => []);
  const among = { ...scope, among: since.ordinals, cutoffs };
  const found = rules.map((rule) => sql`to_json(ARRAY(${memberQuery(among, rule)}))`);
  const { rows } = await sql<{ changes: number; found: number[][] }>`
    SELECT ${changeCount(ctx, loaded)} AS changes, json_build_array(${sql.join(found)}) AS found`.execute(
    ctx.db.$kysely,
  );
  const [answer] = rows;
  return answer?.changes === since.changes ? answer.found : null;
}

type Ranking = LeafOf<"ranking">;

const worth = {
  recency: sql`(extract(epoch FROM last_at) * 1000)::float8`,
  frequency: sql`count::float8`,
  money: sql`amount`,
};

/** What some people came to, of whatever rankings ask. */
async function worthsOfChanged(
  { db, organizationId }: TransactionContext,
  rankings: readonly Ranking[],
  ordinals: readonly number[],
): Promise<Map<Ranking, number[]>> {
  const worths = new Map<Ranking, number[]>();
  if (ordinals.length === 0) return worths;
  for (const rule of rankings) {
    const { rows } = await sql<{ worth: number }>`
      SELECT ${worth[rule.by]} AS worth FROM activity_rollup
      WHERE organization_id = ${organizationId}::uuid AND type = ${rule.type}
        AND contact_ordinal = ANY (${[...ordinals]}::int[])`.execute(db.$kysely);
    worths.set(
      rule,
      rows.map((row) => row.worth),
    );
  }
  return worths;
}
