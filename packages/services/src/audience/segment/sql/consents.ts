import type { LeafOf } from "@ringfence/core/audience/segment";
import { type RawBuilder, sql } from "kysely";
import { type People, those } from "./people.ts";
import { type Scope, amongAsked } from "./scope.ts";

/**
 * Who stands so with any of their phones, as `standingAt` of core has it: the latest event decides, of
 * two at one instant the one that permits less, and what was found void counts for nothing.
 */
export function peopleByConsent(scope: Scope, rule: LeafOf<"consent">): People {
  const { organizationId, now } = scope;
  const said = (type: RawBuilder<unknown>, alias: string) => covering(scope, rule, type, alias);
  const yes = (alias: string) => sql`${said(grants, alias)} ${isSound(scope, alias)}`;
  const isOver = (alias: string) =>
    sql`AND ${sql.ref(`${alias}.valid_until`)} <= ${now}::timestamptz`;
  const isOn = (alias: string) =>
    sql`AND (${sql.ref(`${alias}.valid_until`)} IS NULL
      OR ${sql.ref(`${alias}.valid_until`)} > ${now}::timestamptz)`;

  const phones = {
    granted: sql`${yes("e")} ${isOn("e")}
      ${none(said(refusals, "later"))} AND later.at >= e.at)
      ${none(yes("later"))} ${isOver("later")} AND later.at >= e.at)`,
    expired: sql`${yes("e")} ${isOver("e")}
      ${none(said(refusals, "later"))} AND later.at >= e.at)
      ${none(yes("later"))} ${isOn("later")} AND later.at > e.at)`,
    withdrawn: sql`${said(refusals, "e")} ${none(yes("later"))} AND later.at > e.at)`,
  }[rule.standing];

  return those(
    sql`SELECT owner.contact_ordinal AS o FROM contact_phone AS owner
      WHERE owner.organization_id = ${organizationId}::uuid AND owner.contact_ordinal > 0
        ${amongAsked(scope, sql`owner.contact_ordinal`)}
        AND owner.phone_id IN (SELECT e.phone_id FROM ${phones})`,
    false,
  );
}

const none = (event: RawBuilder<unknown>) =>
  sql`AND NOT EXISTS (SELECT FROM ${event} AND later.phone_id = e.phone_id`;

const grants = sql`('granted', 'renewed')`;
const refusals = sql`('refused', 'withdrawn')`;

/** Events of some types that speak of what is asked. */
function covering(
  { organizationId, now }: Scope,
  { seller, purpose, channel }: LeafOf<"consent">,
  types: RawBuilder<unknown>,
  alias: string,
) {
  const of = (column: string) => sql.ref(`${alias}.${column}`);
  return sql`consent_event AS ${sql.ref(alias)}
    WHERE ${of("organization_id")} = ${organizationId}::uuid AND ${of("seller_id")} = ${seller}::uuid
      AND ${of("type")} IN ${types} AND ${of("at")} <= ${now}::timestamptz
      AND ${channel} = ANY (${of("channels")})
      AND ${of("purposes")} && ${nodesAbove(purpose)}::text[]`;
}

/** A purpose and all above it: what is said of any of these is said of it. */
function nodesAbove(purpose: string): string[] {
  const parts = purpose.split(".");
  return parts.map((_, index) => parts.slice(0, index + 1).join("."));
}

/** A consent that was found void, by then, is as if never given. */
function isSound({ organizationId, now }: Scope, alias: string) {
  const of = (column: string) => sql.ref(`${alias}.${column}`);
  return sql`AND NOT EXISTS (SELECT FROM consent_event AS void
    WHERE void.organization_id = ${organizationId}::uuid AND void.type = 'invalidated'
      AND void.consent_id = ${of("consent_id")} AND void.phone_id = ${of("phone_id")}
      AND void.at >= ${of("at")} AND void.at <= ${now}::timestamptz)`;
}
