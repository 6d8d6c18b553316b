import { query } from "../../platform/verb.ts";
import { type EntryKind, ListStatements } from "@ringfence/core/proof/ledger";
import { LOG_ID } from "./read-tiles.ts";

export type StatementRow = {
  id: string;
  kind: EntryKind;
  acceptedAt: Date;
  /** Its place in the log; null while it waits for one. */
  index: number | null;
  /** When the first checkpoint was signed that holds it; null before. */
  signedAt: Date | null;
};

/** A page of what the organization has put on the ledger, the newest first. */
export const listStatements = query({
  name: "listStatements",
  action: "proof.read",
  input: ListStatements,
  run: async (
    { db, organizationId },
    { after, limit },
  ): Promise<{ statements: StatementRow[]; next: string | null }> => {
    const found = await db.$queryRaw<StatementRow[]>`
      SELECT entry_id AS id, kind, accepted_at AS "acceptedAt", leaf_index::float8 AS index, (
        SELECT signed_at FROM ledger.checkpoint
        WHERE checkpoint.log_id = ${LOG_ID} AND size > leaf_index ORDER BY size LIMIT 1
      ) AS "signedAt"
      FROM ledger.entry LEFT JOIN ledger.leaf USING (entry_id)
      WHERE organization_id = ${organizationId}::uuid
        AND (${after ?? null}::uuid IS NULL OR entry_id < ${after ?? null}::uuid)
      ORDER BY entry_id DESC LIMIT ${limit + 1}::int`;
    const statements = found.slice(0, limit);
    return { statements, next: found.length > limit ? (statements.at(-1)?.id ?? null) : null };
  },
  audit: "by run",
});
