import type { TransactionContext } from "../../platform/context.ts";
import { type Correction, verifyCorrections } from "./correction-mac.ts";

/**
 * Finds opt-outs that are marked as corrected although our code did not write the correction. They are still
 * in force. Nearly always there are none.
 */
export async function findForgedCorrections({
  db,
  keys,
  organizationId,
}: Pick<TransactionContext, "db" | "keys" | "organizationId">): Promise<string[]> {
  const rows = await db.$queryRaw<
    (Omit<Correction, "at"> & { at: Date; mac: Uint8Array | null })[]
  >`
    SELECT id AS "optOutId", phone_id AS "phoneId", correction_id AS "correctionId",
      corrected_at AS at, correction_mac AS mac
    FROM opt_out_known
    WHERE organization_id = ${organizationId}::uuid AND corrected_at IS NOT NULL`;
  const corrections = rows.map((row) => ({ ...row, at: row.at.getTime() }));
  const verified = verifyCorrections(keys, organizationId, corrections);
  return corrections.flatMap(({ optOutId }, index) => (verified[index] ? [] : optOutId));
}
