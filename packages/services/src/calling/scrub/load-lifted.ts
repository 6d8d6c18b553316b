import type { PoolClient } from "pg";
import { type Correction, verifyCorrections } from "../../proof/record/correction-mac.ts";
import type { Snapshot } from "./own-queries.ts";

/** Finds the few opt-outs that corrections of ours had lifted by the instant of a scrub. */
export async function loadLifted(
  client: PoolClient,
  { organizationId, at, keys }: Pick<Snapshot, "organizationId" | "at" | "keys">,
): Promise<string[]> {
  const { rows } = await client.query<Omit<Correction, "at"> & { at: Date; mac: Buffer | null }>(
    `SELECT id AS "optOutId", phone_id AS "phoneId", correction_id AS "correctionId",
       corrected_at AS at, correction_mac AS mac
     FROM opt_out_known WHERE organization_id = $1 AND corrected_at <= $2`,
    [organizationId, at],
  );
  const corrections = rows.map((row) => ({ ...row, at: row.at.getTime() }));
  const verified = verifyCorrections(keys, organizationId, corrections);
  return corrections.flatMap(({ optOutId }, index) => (verified[index] ? optOutId : []));
}
