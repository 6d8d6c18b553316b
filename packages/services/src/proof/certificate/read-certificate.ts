import { PhoneId } from "@ringfence/core/ids";
import type { Certificate } from "@ringfence/core/proof/ledger";
import { z } from "zod";
import {
  type TransactionContext,
  appendAudit,
  assertMaySeeStatements,
  inTransaction,
  query,
} from "../../platform/internal.ts";
import { readLogPolicy } from "../ledger/internal.ts";
import type { StatementOnRecord } from "../statement/internal.ts";
import {
  CertificateKind,
  certifyStatement,
  proofActions,
  requireFirstStatement,
} from "./create-certificate.ts";

/** Which permission the certificate of each kind needs. */
export const chooseProofAction = {
  among: Object.values(proofActions),
  choose: ({ kind = "any" }: { kind?: CertificateKind | undefined }) => proofActions[kind],
};

/** `id` of a record that was stated, such as a consent, an opt-out or an erasure. With `kind`, only one of that kind. */
export const ReadCertificate = z.strictObject({ id: z.string(), kind: CertificateKind.optional() });
export type ReadCertificate = z.infer<typeof ReadCertificate>;

/**
 * Reads the certificate of a record, such as a consent, which anyone can check without trusting us. An actor
 * who is limited to some sellers gets only certificates of records of these, or of no seller. The audit row, in the
 * same transaction, names the phone.
 */
export const readCertificate = query({
  name: "readCertificate",
  action: chooseProofAction,
  input: ReadCertificate,
  transaction: "by run",
  run: async (ctx, { id, kind = "any" }): Promise<Certificate> => {
    const policy = await readLogPolicy(ctx.db);
    return inTransaction(ctx, async (ctx) => {
      const stated = await requireFirstStatement(ctx, id, kind);
      await assertMaySeeStatements(ctx, [stated.about]);
      await appendAudit(ctx, proofActions[kind], await toAuditDetails(ctx, stated));
      return certifyStatement(ctx, policy, stated);
    });
  },
  audit: "by run",
});

/** Audit details of a read: the phone, unless its row is gone, and the id of the record. */
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
