import { type LeafOf, type Span, todayIn } from "@ringfence/core/audience/segment";
import { type RawBuilder, sql } from "kysely";
import { allBut, type People, those } from "./people.ts";
import { amongAsked, type Scope } from "./scope.ts";
import { daySql, testSql } from "./test-sql.ts";

/** Who has an attribute that passes a test. */
export function peopleByAttribute(scope: Scope, { field, test }: LeafOf<"attribute">): People {
  const columns = {
    text: sql`a.text`,
    number: sql`a.number`,
    isThere: sql`true`,
  };
  const passes = (days: Parameters<typeof testSql>[2]) =>
    // Whichever has the value has one of the two, or nothing but a row: what is only known to be there.
    test.test === "one-of" || test.test === "contains" || test.test === "day"
      ? sql`a.text IS NOT NULL AND ${testSql(test, columns, days)}`
      : testSql(test, columns, days);
  if (test.test === "present") {
    const known = having(scope, field, sql`true`);
    return test.isPresent ? known : allBut(known);
  }
  return having(scope, field, passes(dayOfPerson(scope)));
}

const having = (scope: Scope, field: string, condition: RawBuilder<unknown>) =>
  those(sql`SELECT a.contact_ordinal AS o FROM contact_attribute AS a
    WHERE a.organization_id = ${scope.organizationId}::uuid AND a.field = ${field}
      ${amongAsked(scope, sql`a.contact_ordinal`)} AND ${condition}`);

/** A span by each person's own today, of which there are two or three on Earth at once. */
function dayOfPerson(scope: Scope) {
  const { organizationId, home, now } = scope;
  const zones = [...new Set([home, ...scope.zones])];
  const byToday = Map.groupBy(zones, (zone) => todayIn(zone, now));
  return (span: Span, text: RawBuilder<unknown>) => {
    if (span.span === "between" || byToday.size === 1) {
      return daySql(text, span, todayIn(home, now));
    }
    const zone = sql`(SELECT CASE WHEN c.zone = ANY (${zones}::text[]) THEN c.zone ELSE ${home} END
      FROM contact AS c
      WHERE c.organization_id = ${organizationId}::uuid AND c.ordinal = a.contact_ordinal)`;
    const cases = [...byToday].map(
      ([today, named]) => sql`${daySql(text, span, today)} AND ${zone} = ANY (${named}::text[])`,
    );
    return sql`(${sql.join(cases, sql` OR `)})`;
  };
}
