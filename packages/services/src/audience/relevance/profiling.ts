import { sql } from "kysely";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { findForgedCorrections, isUncorrected } from "../../proof/record/internal.ts";
import { z } from "zod";

/** Finds the opt-outs of profiling that are in force although they are marked as corrected. */
export const findForgedProfilingCorrections = (
  ctx: Pick<TransactionContext, "db" | "keys" | "organizationId">,
): Promise<string[]> => findForgedCorrections(ctx, { scope: "profiling" });

/**
 * Selects the people (`o`) who opted out of profiling with any of their phones; `among` narrows it to some. `forged` is
 * what `findForgedProfilingCorrections` found.
 */
export const selectProfilingRefusers = ({
  organizationId,
  forged,
  among,
}: {
  organizationId: string;
  forged: readonly string[];
  among?: readonly number[];
}) => sql`
  SELECT owner.contact_ordinal AS o FROM opt_out_known AS refusal
  JOIN contact_phone AS owner ON owner.organization_id = ${organizationId}::uuid
    AND owner.phone_id = refusal.phone_id AND owner.contact_ordinal > 0
    ${among ? sql`AND owner.contact_ordinal IN (SELECT unnest(${[...among]}::int[]))` : sql``}
  WHERE refusal.organization_id = ${organizationId}::uuid AND refusal.scope = 'profiling'
    AND ${isUncorrected("refusal", forged)}`;

/** Leaves out the people who have opted out of profiling by now, and keeps the order of the others. */
export async function withoutProfilingRefusers(
  ctx: TransactionContext,
  ordinals: readonly number[],
): Promise<number[]> {
  const { organizationId } = ctx;
  const forged = await findForgedProfilingCorrections(ctx);
  const statement = selectProfilingRefusers({ organizationId, forged, among: ordinals });
  const rows = await selectRows(ctx, z.object({ o: z.int() }), statement);
  const refused = new Set(rows.map(({ o }) => o));
  return ordinals.filter((ordinal) => !refused.has(ordinal));
}
