import type { LeafOf } from "@ringfence/core/audience/segment";
import { sql } from "kysely";
import { byComparison } from "./activities.ts";
import { type People, those } from "./people.ts";
import { type Scope, amongAsked } from "./scope.ts";
import { withinSpan } from "./within-span.ts";

type Whose = Pick<Scope, "organizationId" | "among">;

/** From phones to whose they are. */
const owners = (scope: Whose, phone: string) => sql`contact_phone AS owner
  ON owner.organization_id = ${scope.organizationId}::uuid AND owner.phone_id = ${sql.ref(phone)}
    AND owner.contact_ordinal > 0 ${amongAsked(scope, sql`owner.contact_ordinal`)}`;

/** Who was called so often, over all of their phones. */
export function peopleByCalls(
  scope: Scope,
  { outcomes, during, compare }: LeafOf<"calls">,
): People {
  const { organizationId } = scope;
  const wanted = outcomes ? sql`AND k.outcome = ANY (${outcomes}::text[])` : sql``;
  const rows = withinSpan(
    scope,
    {
      select: sql`owner.contact_ordinal AS o`,
      from: sql`call AS k JOIN ${owners(scope, "k.phone_id")}
        WHERE k.organization_id = ${organizationId}::uuid AND k.phone_id IS NOT NULL ${wanted}`,
      ordinal: sql`owner.contact_ordinal`,
      at: sql`k.at`,
    },
    during,
  );
  const isAny = compare.value === (compare.op === "at-least" ? 1 : 0);
  return byComparison(compare, (op, value) =>
    isAny
      ? those(rows, false)
      : those(
          sql`SELECT o FROM (${rows}) AS placed GROUP BY o HAVING count(*) ${op} ${value}::float8`,
        ),
  );
}

/** Who refused that their behavior is looked at, with any of their phones. */
export const peopleWhoRefusedProfiling = (scope: Whose): People =>
  those(
    sql`SELECT owner.contact_ordinal AS o FROM opt_out_known AS refusal
      JOIN ${owners(scope, "refusal.phone_id")}
      WHERE refusal.organization_id = ${scope.organizationId}::uuid AND refusal.scope = 'profiling'
        AND refusal.corrected_at IS NULL`,
    false,
  );

/** Who said last what they prefer, of those that are asked for. */
export const peopleByPreference = (scope: Scope, { topic, values }: LeafOf<"preference">): People =>
  those(sql`SELECT contact_ordinal AS o FROM preference_rollup
    WHERE organization_id = ${scope.organizationId}::uuid AND topic = ${topic}
      ${amongAsked(scope, sql`contact_ordinal`)}
      AND value = ANY (${values}::text[])`);
