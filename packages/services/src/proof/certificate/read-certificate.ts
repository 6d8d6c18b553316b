import { PhoneId } from "@ringfence/core/ids";
import type { Certificate } from "@ringfence/core/proof/ledger";
import { allow } from "../../platform/access/allow.ts";
import { allowStated } from "../../platform/access/allow-stated.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  type RootContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { readLogPolicy } from "../ledger/policy.ts";
import type { StatementOnRecord } from "../statement/open-statements.ts";
import { certify } from "./certify.ts";
import { findStated } from "./find-stated.ts";
import { laterStatements } from "./later-statements.ts";
import { type Provable, provingOf } from "./provable.ts";
import { signChainHead } from "./sign-chain-head.ts";

/** `id` is that of a consent, of a refusal or of an erasure; of others than `of` there is none. */
export type ReadCertificate = { id: string; of?: Provable };

/** What proves a consent, a refusal or an erasure to anyone, who need not trust the organization or us. */
export async function readCertificate(
  ctx: RootContext,
  { id, of = "any" }: ReadCertificate,
): Promise<Certificate> {
  allow(ctx, provingOf[of]);

  const policy = await readLogPolicy(ctx.db);
  return inTransaction(ctx, async (ctx) => {
    const stated = await findStated(ctx, id, of);
    await allowStated(ctx, [stated.about]);
    await appendAudit(ctx, provingOf[of], await subjectOf(ctx, stated));
    // If the chain was erased, neither its content nor its length is shown.
    if (stated.claims.sequence === undefined) return certify(ctx, policy, stated, []);
    const chainHead = await signChainHead(ctx, stated.subjectId);
    const later = await laterStatements(ctx, stated);
    return { ...(await certify(ctx, policy, stated, later)), chainHead };
  });
}

/** Whose data is looked at, where it is somebody's. */
async function subjectOf(
  { db, organizationId }: TransactionContext,
  { subjectId, about }: StatementOnRecord,
) {
  const phone = await db.phone.findUnique({
    where: { organizationId_id: { organizationId, id: subjectId } },
    select: { id: true },
  });
  return phone ? { phoneId: PhoneId.parse(phone.id), about } : { about };
}
