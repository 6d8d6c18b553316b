import type { Fault } from "@ringfence/core/platform/message";
import {
  AskPeople,
  AskRule,
  type AskSpread,
  type Place,
  type PlaceCounts,
  countPlaces,
  nodesAt,
  ruleFaults,
} from "@ringfence/core/audience/segment";
import type { ServiceContext, TransactionContext } from "../../platform/context.ts";
import { allowRule } from "./segment.ts";
import { ruleWorldOf } from "./rule-world.ts";
import { type Scope, scopeOf } from "./sql/scope.ts";
import { allow } from "../../platform/access/allow.ts";
import { countMembers, drawMembers } from "./find-members.ts";
import { inAnalysis } from "./in-analysis.ts";
import { query } from "../../platform/verb.ts";
import { callOf, screenPeople } from "./screen-people.ts";
import { sql } from "kysely";
import { memberQuery } from "./sql/compile-rule.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { type PersonShown, peopleShown } from "./members.ts";

/** What a rule that is being built is asked with, or all that is wrong with it, each at its node. */
async function soundScope(
  ctx: TransactionContext,
  { rule, segmentId }: Pick<AskRule, "rule" | "segmentId">,
): Promise<{ faults: Fault[]; scope: null } | { faults: []; scope: Scope }> {
  const world = await ruleWorldOf(ctx, segmentId ?? null);
  const faults = ruleFaults(rule, world);
  if (faults.length > 0) return { faults, scope: null };
  allowRule(ctx, rule, world.segments);
  return { faults: [], scope: await scopeOf(ctx, world.segments) };
}

/** How many are meant; null of a rule with faults. */
export type CountedRule = { faults: Fault[]; count: number | null };

/** Counts who a rule means, or says all that is wrong with it, each at its node. */
export async function countRule(ctx: ServiceContext, asked: AskRule): Promise<CountedRule> {
  allow(ctx, "segment.read");

  return inAnalysis(ctx, async (ctx) => {
    const { faults, scope } = await soundScope(ctx, asked);
    if (scope === null) return { faults, count: null };
    const [count = null] = await countMembers(ctx, scope, [asked.rule]);
    return { faults, count };
  });
}

/** How many each node of a rule means by itself, at its JSON pointer; none of a rule with faults. */
export type CountedNodes = { faults: Fault[]; counts: { path: string; count: number }[] };

/** Counts who each row of a rule means alone. */
export async function countNodes(ctx: ServiceContext, asked: AskRule): Promise<CountedNodes> {
  allow(ctx, "segment.read");

  return inAnalysis(ctx, async (ctx) => {
    const { faults, scope } = await soundScope(ctx, asked);
    if (scope === null) return { faults, counts: [] };
    const nodes = nodesAt(asked.rule);
    const counts = await countMembers(
      ctx,
      scope,
      nodes.map(({ node }) => node),
    );
    return {
      faults,
      counts: nodes.map(({ path }, index) => ({ path, count: counts[index] ?? 0 })),
    };
  });
}

/** So many people tell a share of all to three points of a hundred. */
const SAMPLE = 1_000;

/** Where people of a rule would end that were drawn by chance; null of a rule with faults. */
export type SampledRule = {
  faults: Fault[];
  sample: { at: Date; contacts: number; counts: PlaceCounts } | null;
};

/** What a waterfall of a rule that is being built would look like, from a sample of its people. */
export const sampleRule = query({
  name: "sampleRule",
  action: "segment.read",
  input: AskRule,
  transaction: "by run",
  run: async (ctx, { rule, segmentId, ...named }): Promise<SampledRule> => {
    const { faults, drawn } = await inAnalysis(ctx, async (ctx) => {
      await callOf(ctx, named);
      const { faults, scope } = await soundScope(ctx, { rule, segmentId });
      if (scope === null) return { faults, drawn: null };
      const people = await drawMembers(ctx, scope, rule, { size: SAMPLE });
      const contacts = await ctx.db.contact.count({
        where: { organizationId: ctx.organizationId },
      });
      return { faults, drawn: { contacts, people } };
    });
    if (drawn === null) return { faults, sample: null };
    const { at, places } = await screenPeople(ctx, named, drawn.people);
    return { faults, sample: { at, contacts: drawn.contacts, counts: countPlaces(places) } };
  },
  audit: "by run",
});

/** The commonest are shown by name, the others as one. */
const VALUES_SHOWN = 6;

/** How many have which value, the commonest first; `others` have one of the rest, `unknown` have none. */
export type Spread = {
  values: { value: string; count: number }[];
  others: number;
  unknown: number;
};

/** How the people of a rule are spread over the values of a field; null of a rule with faults. */
export async function spreadRule(
  ctx: ServiceContext,
  { field, ...asked }: AskSpread,
): Promise<{ faults: Fault[]; spread: Spread | null }> {
  allow(ctx, "segment.read");

  return inAnalysis(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const { faults, scope } = await soundScope(ctx, asked);
    if (scope === null) return { faults, spread: null };
    const { rows } = await sql<{ kind: keyof Spread; value: string; count: string }>`
      WITH had AS (
        SELECT coalesce(a.text, a.number::text) AS value, count(*) AS count
        FROM (${memberQuery(scope, asked.rule)}) AS members
        LEFT JOIN contact_attribute AS a ON a.organization_id = ${organizationId}::uuid
          AND a.field = ${field} AND a.contact_ordinal = members.o
        GROUP BY 1
      ), ordered AS (
        SELECT *, row_number() OVER (PARTITION BY value IS NULL ORDER BY count DESC, value) AS place
        FROM had
      ), told AS (
        SELECT *, CASE WHEN value IS NULL THEN 'unknown' WHEN place <= ${VALUES_SHOWN} THEN 'values'
          ELSE 'others' END AS kind FROM ordered
      )
      SELECT kind, CASE kind WHEN 'values' THEN value ELSE '' END AS value, sum(count) AS count
      FROM told GROUP BY 1, 2 ORDER BY 3 DESC, 2`.execute(db.$kysely);
    const of = (wanted: keyof Spread) =>
      rows.flatMap(({ kind, value, count }) =>
        kind === wanted ? [{ value, count: Number(count) }] : [],
      );
    const [others] = of("others");
    const [unknown] = of("unknown");
    const spread = {
      values: of("values"),
      others: others?.count ?? 0,
      unknown: unknown?.count ?? 0,
    };
    return { faults, spread };
  });
}

const PEOPLE_DRAWN = 6;

/** A person of a rule, and where a call to them would end now. */
export type DrawnPerson = PersonShown & { place: Place };

/** Six people of a rule that is being built, by chance. Who looked is on record before they see them. */
export const drawPeople = query({
  name: "drawPeople",
  action: "segment.read",
  input: AskPeople,
  transaction: "by run",
  run: async (
    ctx,
    { rule, segmentId, draw, ...named },
  ): Promise<{ faults: Fault[]; people: DrawnPerson[] }> => {
    const { faults, people } = await inAnalysis(ctx, async (ctx) => {
      await callOf(ctx, named);
      const { faults, scope } = await soundScope(ctx, { rule, segmentId });
      const drawn = scope ? await drawMembers(ctx, scope, rule, { size: PEOPLE_DRAWN, draw }) : [];
      const people = await peopleShown(ctx, drawn);
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
