import type { Fault } from "@ringfence/core/platform/message";
import {
  DrawPeople,
  type EndStep,
  type EndStepCounts,
  PreviewRule,
  PreviewSpread,
  compileRule,
  countEndSteps,
  findRuleFaults,
  listNodesWithPaths,
} from "@ringfence/core/audience/segment";
import {
  type TransactionContext,
  appendAudit,
  inAnalysisTransaction,
  query,
  selectRows,
} from "../../platform/internal.ts";
import { assertMaySeeRule } from "./segment.ts";
import { loadRuleVocabulary } from "./rule-vocabulary.ts";
import { type RuleScope, loadScope } from "./sql/scope.ts";
import { countMembers, drawMembers } from "./find-members.ts";
import { resolveCall, screenPeople } from "./screen-people.ts";
import { sql } from "kysely";
import { z } from "zod";
import { selectMembers } from "./sql/rule-to-sql.ts";
import { type PersonView, loadPersonViews } from "./members.ts";

/** Prepares the evaluation of a rule that is being built, or reports its faults. Throws if the actor may not use it. */
async function prepareScope(
  ctx: TransactionContext,
  { rule, segmentId }: Pick<PreviewRule, "rule" | "segmentId">,
): Promise<{ faults: Fault[]; scope: null } | { faults: []; scope: RuleScope }> {
  const vocabulary = await loadRuleVocabulary(ctx, segmentId ?? null);
  const faults = findRuleFaults(rule, vocabulary);
  if (faults.length > 0) return { faults, scope: null };
  assertMaySeeRule(ctx, rule, vocabulary.segments);
  return { faults: [], scope: await loadScope(ctx, vocabulary.segments) };
}

/** Number of matches. Null if the rule has faults. */
export type RuleCount = { faults: Fault[]; count: number | null };

/** Counts the people who match a rule, or reports its faults. */
export const countRule = query({
  name: "countRule",
  action: "segment.read",
  input: PreviewRule,
  transaction: "analysis",
  run: async (ctx, preview): Promise<RuleCount> => {
    const { faults, scope } = await prepareScope(ctx, preview);
    if (scope === null) return { faults, count: null };
    const [count = null] = await countMembers(ctx, scope, [preview.rule]);
    return { faults, count };
  },
  audit: "none",
});

/** Number of matches of each node alone, by JSON pointer. Empty if the rule has faults. */
export type NodeCounts = { faults: Fault[]; counts: { path: string; count: number }[] };

/** Counts the people who match each node of a rule alone. */
export const countNodes = query({
  name: "countNodes",
  action: "segment.read",
  input: PreviewRule,
  transaction: "analysis",
  run: async (ctx, preview): Promise<NodeCounts> => {
    const { faults, scope } = await prepareScope(ctx, preview);
    if (scope === null) return { faults, counts: [] };
    const nodes = listNodesWithPaths(preview.rule);
    const counts = await countMembers(
      ctx,
      scope,
      nodes.map(({ node }) => node),
    );
    return {
      faults,
      counts: nodes.map(({ path }, index) => ({ path, count: counts[index] ?? 0 })),
    };
  },
  audit: "none",
});

/** A sample of this size is accurate to about three percentage points. */
const SAMPLE = 1_000;

/** Counts of where a random sample of a rule's people would end; `contacts` are all. Null if the rule has faults. */
export type RuleSample = {
  faults: Fault[];
  sample: { at: Date; contacts: number; counts: EndStepCounts } | null;
};

/** Previews the waterfall of a rule that is being built, from a random sample. */
export const sampleRule = query({
  name: "sampleRule",
  action: "segment.read",
  input: PreviewRule,
  transaction: "by run",
  run: async (ctx, { rule, segmentId, ...named }): Promise<RuleSample> => {
    const { faults, drawn } = await inAnalysisTransaction(ctx, async (ctx) => {
      await resolveCall(ctx, named);
      const { faults, scope } = await prepareScope(ctx, { rule, segmentId });
      if (scope === null) return { faults, drawn: null };
      const people = await drawMembers(ctx, scope, rule, { size: SAMPLE });
      const contacts = await ctx.db.contact.count({
        where: { organizationId: ctx.organizationId },
      });
      return { faults, drawn: { contacts, people } };
    });
    if (drawn === null) return { faults, sample: null };
    const { at, places } = await screenPeople(ctx, named, drawn.people);
    return { faults, sample: { at, contacts: drawn.contacts, counts: countEndSteps(places) } };
  },
  audit: "none",
});

/** Less common values are grouped together. */
const VALUES_SHOWN = 6;

/** Counts by value, most common first. `others` have a less common value, `unknown` have none. */
export type Spread = {
  values: { value: string; count: number }[];
  others: number;
  unknown: number;
};

/** Breaks down a rule's people by a field. Null if the rule has faults. */
export const breakDownRule = query({
  name: "breakDownRule",
  action: "segment.read",
  input: PreviewSpread,
  transaction: "analysis",
  run: async (ctx, { field, ...preview }): Promise<{ faults: Fault[]; spread: Spread | null }> => {
    const { organizationId } = ctx;
    const { faults, scope } = await prepareScope(ctx, preview);
    if (scope === null) return { faults, spread: null };
    const rows = await selectRows(
      ctx,
      SpreadRow,
      sql`
      WITH had AS (
        SELECT coalesce(a.text, a.number::text) AS value, count(*) AS count
        FROM (${selectMembers(scope, compileRule(preview.rule, scope.segments))}) AS members
        LEFT JOIN contact_attribute AS a ON a.organization_id = ${organizationId}::uuid
          AND a.field = ${field} AND a.contact_ordinal = members.o
        GROUP BY 1
      ), ordered AS (
        SELECT *, row_number() OVER (PARTITION BY value IS NULL ORDER BY count DESC, value) AS rank
        FROM had
      ), grouped AS (
        SELECT *, CASE WHEN value IS NULL THEN 'unknown' WHEN rank <= ${VALUES_SHOWN} THEN 'values'
          ELSE 'others' END AS kind FROM ordered
      )
      SELECT kind, CASE kind WHEN 'values' THEN value ELSE '' END AS value, sum(count)::int AS count
      FROM grouped GROUP BY 1, 2 ORDER BY 3 DESC, 2`,
    );
    const select = (wanted: keyof Spread) =>
      rows.flatMap(({ kind, ...counted }) => (kind === wanted ? [counted] : []));
    const [others] = select("others");
    const [unknown] = select("unknown");
    const spread = {
      values: select("values"),
      others: others?.count ?? 0,
      unknown: unknown?.count ?? 0,
    };
    return { faults, spread };
  },
  audit: "none",
});

const SpreadRow = z.object({
  kind: z.enum(["values", "others", "unknown"]),
  value: z.string(),
  count: z.int(),
});

const PEOPLE_DRAWN = 6;

/** A sampled person, and where a call to them would end now. */
export type DrawnPerson = PersonView & { place: EndStep };

/** Draws up to six random people of a rule that is being built. Viewing is recorded first. */
export const drawPeople = query({
  name: "drawPeople",
  action: "segment.read",
  input: DrawPeople,
  transaction: "by run",
  run: async (
    ctx,
    { rule, segmentId, draw, ...named },
  ): Promise<{ faults: Fault[]; people: DrawnPerson[] }> => {
    const { faults, people } = await inAnalysisTransaction(ctx, async (ctx) => {
      await resolveCall(ctx, named);
      const { faults, scope } = await prepareScope(ctx, { rule, segmentId });
      const drawn = scope ? await drawMembers(ctx, scope, rule, { size: PEOPLE_DRAWN, draw }) : [];
      const people = await loadPersonViews(ctx, drawn);
      if (people.length > 0) {
        await appendAudit(ctx, "segment.read", {
          segmentId: segmentId ?? null,
          drawn: people.length,
        });
      }
      return { faults, people };
    });
    if (people.length === 0) return { faults, people: [] };
    const ordinals = people.map(({ ordinal }) => ordinal);
    const { places } = await screenPeople(ctx, named, ordinals);
    return {
      faults,
      people: people.map((person, index) => ({ ...person, place: places[index] ?? "number" })),
    };
  },
  audit: "by run",
});
