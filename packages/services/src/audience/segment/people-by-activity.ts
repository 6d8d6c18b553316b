import {
  type Comparison,
  hundredths,
  type LeafOf,
  type Span,
} from "@ringfence/core/audience/segment";
import { type RawBuilder, sql } from "kysely";
import { deedRows } from "./deed-rows.ts";
import { allBut, nobody, type People, those } from "./people.ts";
import { amongAsked, type Scope } from "./scope.ts";
import { withinSpan } from "./within-span.ts";

/** Who did something so often, or for so much. */
export function peopleByActivity(scope: Scope, rule: LeafOf<"activity">): People {
  const { did, during, measure, compare } = rule;
  const isBare = (did.where ?? []).length === 0;
  if (measure === "average") return byAverage(scope, rule, isBare && !during);

  const wanted = measure === "sum" ? { ...compare, value: hundredths(compare.value) } : compare;
  return byComparison(wanted, (op, value) => {
    if (isBare && during === undefined) {
      const column = measure === "sum" ? sql`amount` : sql`count`;
      return those(rollups(scope, did.type, sql`AND ${column} ${op} ${value}::float8`));
    }
    const isOnce = measure === "count" && op === atLeast && value === 1;
    if (isOnce && isBare && during) {
      const once = bareOccasion(scope, did.type, during);
      if (once) return once;
    }
    const rows = deedRows(scope, did, during);
    if (isOnce) return those(sql`SELECT o FROM (${rows}) AS deed`, false);
    const total = measure === "sum" ? sql`coalesce(sum(amount), 0)` : sql`count(*)`;
    return those(
      sql`SELECT o FROM (${rows}) AS deed GROUP BY o HAVING ${total} ${op} ${value}::float8`,
    );
  });
}

const atLeast = sql`>=`;
const moreThan = sql`>`;
const equal = sql`=`;

/**
 * People by a total that is 0 for who did nothing, and never below: whoever is asked for by a little is
 * all but those who did more.
 */
export function byComparison(
  { op, value }: Comparison,
  those: (op: RawBuilder<unknown>, value: number) => People,
): People {
  switch (op) {
    case "at-least":
      return value <= 0 ? allBut(nobody) : those(atLeast, value);
    case "at-most":
      return allBut(those(moreThan, value));
    case "exactly":
      return value === 0 ? allBut(those(moreThan, 0)) : those(equal, value);
  }
}

const rollups = (scope: Scope, type: string, condition: RawBuilder<unknown>) =>
  sql`SELECT contact_ordinal AS o FROM activity_rollup
    WHERE organization_id = ${scope.organizationId}::uuid AND type = ${type} AND contact_ordinal > 0
      ${amongAsked(scope, sql`contact_ordinal`)} ${condition}`;

function byAverage(
  scope: Scope,
  { did, during, compare }: LeafOf<"activity">,
  isBare: boolean,
): People {
  const value = hundredths(compare.value);
  const op = { "at-least": sql`>=`, "at-most": sql`<=`, exactly: sql`=` }[compare.op];
  if (isBare) {
    const condition = sql`AND priced > 0 AND amount ${op} ${value}::float8 * priced`;
    return those(rollups(scope, did.type, condition));
  }
  return those(sql`SELECT o FROM (${deedRows(scope, did, during)}) AS deed GROUP BY o
    HAVING count(amount) > 0 AND sum(amount) ${op} ${value}::float8 * count(amount)`);
}

/** Who did it within a span that ends now, or begins with time, is known by when they did it last, or first. */
function bareOccasion(scope: Scope, type: string, span: Span): People | null {
  if (span.span === "last") return rollupsWithin(scope, type, "last", span);
  if (span.span === "before") return rollupsWithin(scope, type, "first", span);
  return null;
}

/** Whose first or last of all activities of a type is within a span. */
export function rollupsWithin(
  scope: Scope,
  type: string,
  which: "first" | "last",
  span: Span,
): People {
  const at = which === "first" ? sql`r.first_at` : sql`r.last_at`;
  const rows = {
    select: sql`r.contact_ordinal AS o`,
    from: sql`activity_rollup AS r WHERE r.organization_id = ${scope.organizationId}::uuid
      AND r.type = ${type} AND r.contact_ordinal > 0 ${amongAsked(scope, sql`r.contact_ordinal`)}`,
    ordinal: sql`r.contact_ordinal`,
    at,
  };
  return those(withinSpan(scope, rows, span));
}
