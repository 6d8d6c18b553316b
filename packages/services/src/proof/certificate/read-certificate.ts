import { PhoneId } from "@ringfence/core/ids";
import type { Certificate } from "@ringfence/core/proof/ledger";
import {
  type RootContext,
  type TransactionContext,
  allow,
  appendAudit,
  assertMaySeeStatements,
  inTransaction,
} from "../../platform/internal.ts";
import { readLogPolicy } from "../ledger/internal.ts";
import type { StatementOnRecord } from "../statement/internal.ts";
import {
  type Provable,
  createCertificate,
  loadLaterStatements,
  proofActions,
  requireFirstStatement,
  signChainHead,
} from "./create-certificate.ts";

/** `id` of a consent, an opt-out or an erasure. With `kind`, only a record of that kind is found. */
export type ReadCertificate = { id: string; kind?: Provable };

/**
 * Reads the certificate of a consent, an opt-out or an erasure, which anyone can check without trusting us. A
 * function, because the action depends on the kind.
 */
export async function readCertificate(
  ctx: RootContext,
  { id, kind = "any" }: ReadCertificate,
): Promise<Certificate> {
  allow(ctx, proofActions[kind]);

  const policy = await readLogPolicy(ctx.db);
  return inTransaction(ctx, async (ctx) => {
    const stated = await requireFirstStatement(ctx, id, kind);
    await assertMaySeeStatements(ctx, [stated.about]);
    await appendAudit(ctx, proofActions[kind], await toAuditDetails(ctx, stated));
    // If the chain was erased, neither its content nor its length is shown.
    if (stated.claims.sequence === undefined) return createCertificate(ctx, policy, stated, []);
    const chainHead = await signChainHead(ctx, stated.subjectId);
    const later = await loadLaterStatements(ctx, stated);
    return { ...(await createCertificate(ctx, policy, stated, later)), chainHead };
  });
}

/** Audit details of a read: the phone, if the statement is about a person, and the subject of the statement. */
async function toAuditDetails(
  { db, organizationId }: TransactionContext,
  { subjectId, about }: StatementOnRecord,
) {
  const phone = await db.phone.findUnique({
    where: { organizationId_id: { organizationId, id: subjectId } },
    select: { id: true },
  });
  return phone ? { phoneId: PhoneId.parse(phone.id), about } : { about };
}
