import type { ConditionOfKind } from "@ringfence/core/audience/segment";
import { type RawBuilder, sql } from "kysely";
import { type PeopleQuery, toPeople } from "./people.ts";
import { type RuleScope, onlyAmong } from "./scope.ts";

/**
 * Compiles a consent status of any of a person's phones, as `determineStanding` in core defines it: the latest
 * event decides, of two at the same time the more restrictive, and an invalidated grant does not count.
 */
export function compileConsent(scope: RuleScope, rule: ConditionOfKind<"consent">): PeopleQuery {
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
        ${onlyAmong(scope, sql`owner.contact_ordinal`)}
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
