import type { ConditionOfKind, KnownSegments } from "@ringfence/core/audience/segment";
import { Zone } from "@ringfence/core/platform/time";
import { type RawBuilder, sql } from "kysely";
import { type TransactionContext, selectRows } from "../../../platform/internal.ts";
import { findForgedProfilingCorrections } from "../../relevance/internal.ts";
import { loadOrganization } from "../../../account/organization/internal.ts";
import { z } from "zod";

/** The people to evaluate, the time, and their zones. */
export type RuleScope = {
  organizationId: string;
  now: Date;
  /** Zone of people without one. */
  home: string;
  /** All valid zones of contacts. */
  zones: readonly string[];
  segments: KnownSegments;
  /** Opt-outs of profiling that are in force although they are marked as corrected. */
  forged: readonly string[];
  /** Evaluate only these people. Everyone if left out. */
  among?: readonly number[];
  /**
   * By ranking, the value of the last person who is included; null if nobody ever did such an activity. SQL finds those
   * that are missing.
   */
  cutoffs?: RankingCutoffs;
};

export type RankingCutoffs = ReadonlyMap<ConditionOfKind<"ranking">, number | null>;

/** Restricts rows to the requested people where they are read, so that others never are. */
export const requestedPeopleCondition = (
  { among }: Pick<RuleScope, "among">,
  ordinal: RawBuilder<unknown>,
) => (among ? sql`AND ${ordinal} IN (SELECT unnest(${[...among]}::int[]))` : sql``);

/** Creates the scope of everyone, as of the beginning of the verb. */
export async function loadScope(
  ctx: TransactionContext,
  segments: KnownSegments,
): Promise<RuleScope> {
  const { organizationId, now } = ctx;
  const { zone: home } = await loadOrganization(ctx);
  const forged = await findForgedProfilingCorrections(ctx);
  return { organizationId, now, home, zones: await loadZones(ctx), segments, forged };
}

/** Finds the zones of contacts, one index step for each. */
async function loadZones(ctx: TransactionContext): Promise<string[]> {
  const { organizationId } = ctx;
  const rows = await selectRows(
    ctx,
    z.object({ zone: z.string() }),
    sql`
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
    SELECT zone FROM found WHERE zone IS NOT NULL`,
  );
  return rows.flatMap(({ zone }) => Zone.safeParse(zone).data ?? []);
}
