import type { KnownSegments, Rule } from "@ringfence/core/audience/segment";
import { Zone } from "@ringfence/core/platform/time";
import { type RawBuilder, sql } from "kysely";
import type { TransactionContext } from "../../../platform/context.ts";
import { organizationOf } from "../../../account/organization/organization-of.ts";

/** Whose people are asked about, when, and by which clocks they live. */
export type Scope = {
  organizationId: string;
  now: Date;
  /** Of who did not say where they live. */
  home: string;
  /** All that contacts live in. */
  zones: readonly string[];
  segments: KnownSegments;
  /** Of whom alone it is asked; left out for everybody. */
  among?: readonly number[];
  /** Of rankings among them, the worth of who stands at the last place that is in, where it is known; null where nobody does. */
  cutoffs?: Cutoffs;
};

export type Cutoffs = ReadonlyMap<Rule, number | null>;

/** Leaves out all of whom it is not asked, where the rows are found, so that the others are never read. */
export const amongAsked = ({ among }: Pick<Scope, "among">, ordinal: RawBuilder<unknown>) =>
  among ? sql`AND ${ordinal} IN (SELECT unnest(${[...among]}::int[]))` : sql``;

export async function scopeOf(ctx: TransactionContext, segments: KnownSegments): Promise<Scope> {
  const { organizationId, now } = ctx;
  const { zone: home } = await organizationOf(ctx);
  return { organizationId, now, home, zones: await zonesOf(ctx), segments };
}

/** The zones that contacts name, each found by one step through the index. */
async function zonesOf({ db, organizationId }: TransactionContext): Promise<string[]> {
  const rows = await db.$queryRaw<{ zone: string }[]>`
    WITH RECURSIVE found AS (
      (SELECT text AS zone FROM contact_attribute
        WHERE organization_id = ${organizationId}::uuid AND field = '@zone' AND text IS NOT NULL
        ORDER BY text COLLATE "C" LIMIT 1)
      UNION ALL
      SELECT (SELECT text FROM contact_attribute
        WHERE organization_id = ${organizationId}::uuid AND field = '@zone' AND text IS NOT NULL
          AND text COLLATE "C" > found.zone COLLATE "C"
        ORDER BY text COLLATE "C" LIMIT 1)
      FROM found WHERE found.zone IS NOT NULL
    )
    SELECT zone FROM found WHERE zone IS NOT NULL`;
  return rows.flatMap(({ zone }) => Zone.safeParse(zone).data ?? []);
}
