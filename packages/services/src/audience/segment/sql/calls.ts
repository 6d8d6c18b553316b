import type { ConditionOfKind } from "@ringfence/core/audience/segment";
import { sql } from "kysely";
import { compileComparison } from "./activities.ts";
import { type PeopleQuery, toPeople } from "./people.ts";
import { type RuleScope, onlyAmong } from "./scope.ts";
import { withinSpan } from "./within-span.ts";

/** Joins phones to their owners. */
const joinOwners = (scope: RuleScope, phone: string) => sql`contact_phone AS owner
  ON owner.organization_id = ${scope.organizationId}::uuid AND owner.phone_id = ${sql.ref(phone)}
    AND owner.contact_ordinal > 0 ${onlyAmong(scope, sql`owner.contact_ordinal`)}`;

/** Compiles a condition on the number of calls to all phones of a person. */
export function compileCalls(
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
