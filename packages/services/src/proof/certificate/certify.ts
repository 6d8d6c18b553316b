import type { Certificate, ProvenStatement } from "@ringfence/core/proof/ledger";
import type { TransactionContext } from "../../platform/context.ts";
import { loadProof } from "../ledger/read-proof.ts";
import type { StatementOnRecord } from "../statement/open-statements.ts";
import { shownWords } from "./shown-words.ts";

/** A statement with all that proves it, and what was stated later. `policy` is the log's. */
export const certify = async (
  ctx: TransactionContext,
  policy: string,
  stated: StatementOnRecord,
  later: readonly StatementOnRecord[],
): Promise<Certificate> => ({
  format: "ringfence/certificate@v1",
  ...(await proven(ctx, stated)),
  words: await shownWords(ctx, stated.claims),
  later: await Promise.all(later.map((one) => proven(ctx, one))),
  // Where witnesses are reached is nothing to check by.
  policy: policy.replaceAll(/^(witness \S+ \S+) \S+$/gm, "$1"),
});

async function proven(
  ctx: TransactionContext,
  { entryId, statement }: Pick<StatementOnRecord, "entryId" | "statement">,
): Promise<ProvenStatement> {
  const { leaf, proof = null, timestamps = [] } = await loadProof(ctx, entryId);
  return { statement, leaf, proof, timestamps: timestamps.map(({ token }) => token) };
}
