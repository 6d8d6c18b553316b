import { hashLeaf, prove } from "@ringfence/core/proof/ledger";
import type { TransactionContext } from "../../platform/context.ts";
import type { ProofView } from "./proof-view.ts";
import { screeningRecords } from "./screening-records.ts";

/** The record of a screening, and its path to the root that its batch's statement names. */
export async function readScreeningProof(
  { db, organizationId }: TransactionContext,
  screeningId: string,
  entryId: string,
): Promise<ProofView["screening"]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT screening_id AS id FROM ledger.screening_leaf
    WHERE organization_id = ${organizationId}::uuid AND entry_id = ${entryId}::uuid
    ORDER BY leaf_index`;
  const ids = rows.map(({ id }) => id);
  const records = await screeningRecords(db, organizationId, ids);
  const index = ids.indexOf(screeningId);
  const { path } = prove(
    records.map((record) => hashLeaf(Buffer.from(record))),
    index,
  );
  return {
    record: records[index] ?? "",
    index,
    size: ids.length,
    path: path.map((hash) => Buffer.from(hash).toString("base64")),
  };
}
