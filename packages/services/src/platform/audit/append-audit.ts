import type { Action } from "@ringfence/core/platform/access";
import { toStoredActor } from "../access/stored-actor.ts";
import type { PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../context.ts";

/** Ids, counts and words of ours, never personal data: an audit row outlives the erasure of a person. */
export type AuditDetails = { phoneId?: PhoneId; [key: string]: string | number | boolean | null };

/** Records who did what, in the transaction that does it, so that neither is committed without the other. */
export async function appendAudit(
  { db, organizationId, actor, now }: TransactionContext,
  action: Action,
  { phoneId, ...details }: AuditDetails,
) {
  await db.auditEntry.create({
    data: {
      organizationId,
      actor: toStoredActor(actor),
      action,
      phoneId: phoneId ?? null,
      details,
      at: now,
    },
  });
}
