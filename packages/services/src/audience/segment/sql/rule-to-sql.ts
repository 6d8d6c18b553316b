import type { CompiledNode, CompiledRule, ConditionOfKind } from "@ringfence/core/audience/segment";
import { sql, type RawBuilder } from "kysely";
import {
  complement,
  intersect,
  selectDistinct,
  toPeople,
  unite,
  type PeopleQuery,
} from "./people.ts";
import { requestedPeopleCondition, type RuleScope } from "./scope.ts";
import {
  compileActivity,
  compileComparison,
  compileOccasion,
  compileRanking,
  compileSequence,
} from "./activities.ts";
import { withinSpan } from "./within-span.ts";
import { compileAttribute, compilePreference } from "./attributes.ts";
import { selectProfilingRefusers } from "../../relevance/internal.ts";

/*
 * The SQL back end of segment rules. It turns each condition of a compiled rule into a query of people, and
 * combines the queries. docs/segments.md says when SQL answers and when columns do.
 */

/**
 * Compiles a consent status of any of a person's phones, as `determineStanding` in core defines it: the latest event
 * decides, of two at the same time the more restrictive, and an invalidated grant does not count. Unlike a screening,
 * it counts every recorded event, also an enquiry and one with a forged MAC, and no opt-out: it allows no call.
 */
function compileConsent(scope: RuleScope, rule: ConditionOfKind<"consent">): PeopleQuery {
  const { organizationId, now } = scope;
  const events = (type: RawBuilder<unknown>, alias: string) =>
    selectEvents(scope, rule, type, alias);
  const yes = (alias: string) => sql`${events(grants, alias)} ${notInvalidated(scope, alias)}`;
  const isOver = (alias: string) =>
    sql`AND ${sql.ref(`${alias}.valid_until`)} <= ${now}::timestamptz`;
  const isOn = (alias: string) =>
    sql`AND (${sql.ref(`${alias}.valid_until`)} IS NULL
      OR ${sql.ref(`${alias}.valid_until`)} > ${now}::timestamptz)`;

  const phones = {
    granted: sql`${yes("e")} ${isOn("e")}
      ${noEvent(events(refusals, "later"))} AND later.at >= e.at)
      ${noEvent(yes("later"))} ${isOver("later")} AND later.at >= e.at)`,
    expired: sql`${yes("e")} ${isOver("e")}
      ${noEvent(events(refusals, "later"))} AND later.at >= e.at)
      ${noEvent(yes("later"))} ${isOn("later")} AND later.at > e.at)`,
    withdrawn: sql`${events(refusals, "e")} ${noEvent(yes("later"))} AND later.at > e.at)`,
  }[rule.standing];

  return toPeople(
    sql`SELECT owner.contact_ordinal AS o FROM contact_phone AS owner
      WHERE owner.organization_id = ${organizationId}::uuid AND owner.contact_ordinal > 0
        ${requestedPeopleCondition(scope, sql`owner.contact_ordinal`)}
        AND owner.phone_id IN (SELECT e.phone_id FROM ${phones})`,
    false,
  );
}

const noEvent = (event: RawBuilder<unknown>) =>
  sql`AND NOT EXISTS (SELECT FROM ${event} AND later.phone_id = e.phone_id`;

const grants = sql`('granted', 'renewed')`;
const refusals = sql`('refused', 'withdrawn')`;

/** Selects events of some types that cover the seller, purpose and channel. */
function selectEvents(
  { organizationId, now }: RuleScope,
  { seller, purpose, channel }: ConditionOfKind<"consent">,
  types: RawBuilder<unknown>,
  alias: string,
) {
  const of = (column: string) => sql.ref(`${alias}.${column}`);
  return sql`consent_event AS ${sql.ref(alias)}
    WHERE ${of("organization_id")} = ${organizationId}::uuid AND ${of("seller_id")} = ${seller}::uuid
      AND ${of("type")} IN ${types} AND ${of("at")} <= ${now}::timestamptz
      AND ${channel} = ANY (${of("channels")})
      AND ${of("purposes")} && ${listPurposeAncestors(purpose)}::text[]`;
}

/** Lists a purpose and its ancestors. An event about an ancestor covers it. */
function listPurposeAncestors(purpose: string): string[] {
  const parts = purpose.split(".");
  return parts.map((_, index) => parts.slice(0, index + 1).join("."));
}

/** Excludes consents that were invalidated by the time of the scope. */
function notInvalidated({ organizationId, now }: RuleScope, alias: string) {
  const of = (column: string) => sql.ref(`${alias}.${column}`);
  return sql`AND NOT EXISTS (SELECT FROM consent_event AS void
    WHERE void.organization_id = ${organizationId}::uuid AND void.type = 'invalidated'
      AND void.consent_id = ${of("consent_id")} AND void.phone_id = ${of("phone_id")}
      AND void.at >= ${of("at")} AND void.at <= ${now}::timestamptz)`;
}

/** Joins phones to their owners. */
const joinOwners = (scope: RuleScope, phone: string) => sql`contact_phone AS owner
  ON owner.organization_id = ${scope.organizationId}::uuid AND owner.phone_id = ${sql.ref(phone)}
    AND owner.contact_ordinal > 0 ${requestedPeopleCondition(scope, sql`owner.contact_ordinal`)}`;

/** Compiles a condition on the number of calls to all phones of a person. */
function compileCalls(
  scope: RuleScope,
  { outcomes, during, compare }: ConditionOfKind<"calls">,
): PeopleQuery {
  const { organizationId } = scope;
  const wanted = outcomes ? sql`AND k.outcome = ANY (${outcomes}::text[])` : sql``;
  const rows = withinSpan(
    scope,
    {
      select: sql`owner.contact_ordinal AS o`,
      from: sql`call AS k JOIN ${joinOwners(scope, "k.phone_id")}
        WHERE k.organization_id = ${organizationId}::uuid AND k.phone_id IS NOT NULL ${wanted}`,
      ordinal: sql`owner.contact_ordinal`,
      at: sql`k.at`,
    },
    during,
  );
  const isAny = compare.value === (compare.op === "at-least" ? 1 : 0);
  return compileComparison(compare, (op, value) =>
    isAny
      ? toPeople(rows, false)
      : toPeople(
          sql`SELECT o FROM (${rows}) AS placed GROUP BY o HAVING count(*) ${op} ${value}::float8`,
        ),
  );
}

/** Translates a compiled rule to a query of people. */
export function toPeopleQuery(scope: RuleScope, rule: CompiledRule): PeopleQuery {
  const people = toQuery(scope, rule.root);
  return rule.excludesProfilingRefusers
    ? intersect([people, complement(compileProfilingRefusers(scope))])
    : people;
}

/** Selects people who opted out of profiling. */
export const compileProfilingRefusers = (scope: RuleScope): PeopleQuery =>
  toPeople(selectProfilingRefusers(scope), false);

function toQuery(scope: RuleScope, node: CompiledNode): PeopleQuery {
  switch (node.is) {
    case "all":
      return intersect(node.of.map((inner) => toQuery(scope, inner)));
    case "any":
      return unite(node.of.map((inner) => toQuery(scope, inner)));
    case "not":
      return complement(toQuery(scope, node.of));
    case "attribute":
      return compileAttribute(scope, node);
    case "activity":
      return compileActivity(scope, node);
    case "occasion":
      return compileOccasion(scope, node);
    case "sequence":
      return compileSequence(scope, node);
    case "ranking":
      return compileRanking(scope, node);
    case "consent":
      return compileConsent(scope, node);
    case "preference":
      return compilePreference(scope, node);
    case "calls":
      return compileCalls(scope, node);
  }
}

/** Selects the ordinals of all members of a rule, each once. */
export function selectMembers(scope: RuleScope, rule: CompiledRule) {
  const people = toPeopleQuery(scope, rule);
  if (!people.isAllBut) return selectDistinct(people);
  return sql`SELECT ordinal AS o FROM contact
    WHERE organization_id = ${scope.organizationId}::uuid ${requestedPeopleCondition(scope, sql`ordinal`)}
      AND NOT EXISTS (SELECT FROM (${people.rows}) AS out WHERE out.o = ordinal)`;
}

/**
 * Selects the number of members among all contacts: `scope.among` must be left out. For "everyone except", it
 * subtracts instead of listing.
 */
export function selectMemberCount(scope: RuleScope, rule: CompiledRule): RawBuilder<unknown> {
  const people = toPeopleQuery(scope, rule);
  const found = sql`SELECT count(*) AS count FROM (${selectDistinct(people)}) AS members`;
  return people.isAllBut
    ? sql`SELECT (SELECT count(*) FROM contact
        WHERE organization_id = ${scope.organizationId}::uuid) - (${found}) AS count`
    : found;
}
