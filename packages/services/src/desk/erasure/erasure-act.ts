import type { ErasureReason } from "@ringfence/core/desk/erasure";
import type { ContactId, PhoneId } from "@ringfence/core/ids";
import { z } from "zod";
import { type TransactionContext, appendAudit, createId } from "../../platform/internal.ts";
import { loadStatementNames, recordStatements } from "../../proof/statement/internal.ts";

/** An act of erasure: counts of what was erased, by kind. Its certificate states the same in sentences. */
export type ErasureAct = { id: string; erased: Readonly<Record<string, number>> };

type Erased = Pick<ErasureAct, "erased"> & {
  reason: ErasureReason;
  phoneIds: readonly PhoneId[];
  contactIds: readonly ContactId[];
};

/**
 * Records an erasure on the ledger and in the audit trail without personal data: the subjects are ids that mean
 * something only in our rows, and counts of nothing are left out (Roskomnadzor, order 179 of 2022-10-28: an act, and an
 * extract of the journal).
 */
export async function recordErasure(
  ctx: TransactionContext,
  { reason, erased: counts, phoneIds, contactIds }: Erased,
): Promise<ErasureAct> {
  const id = await createId(ctx, z.uuid());
  const { organization } = await loadStatementNames(ctx, []);
  const erased = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  const claims = {
    organization,
    erasure: id,
    subjects: [...contactIds, ...phoneIds],
    erased,
    reason,
    at: ctx.now.toISOString(),
  };
  await recordStatements(ctx, "erasure", [{ subjectId: id, about: id, claims }]);
  for (const phoneId of phoneIds) {
    await appendAudit(ctx, "person.erase", { phoneId, erasureId: id });
  }
  if (phoneIds.length === 0) {
    await appendAudit(ctx, "person.erase", { erasureId: id, contacts: contactIds.length });
  }
  return { id, erased };
}
