import type { Action } from "@ringfence/core/platform/access";
import type { PhoneId } from "@ringfence/core/ids";
import { appendAudit } from "../audit/append-audit.ts";
import { type ServiceContext, type TransactionContext, inTransaction } from "../context.ts";
import { allow } from "./allow.ts";
import { ServiceError } from "../errors.ts";

/**
 * Reads the personal data of a phone, after writing to the audit trail who reads it, in one transaction. Throws if the
 * actor may not perform the action, or the phone is not the organization's. Ordinary verbs declare `audit: { phone }`
 * instead; this is for verbs that open several transactions, or also read files.
 */
export async function readAudited<T>(
  ctx: ServiceContext,
  action: Action,
  phoneId: PhoneId,
  read: (ctx: TransactionContext) => Promise<T>,
): Promise<T> {
  allow(ctx, action);

  return inTransaction(ctx, async (ctx) => {
    await requirePhone(ctx, phoneId);
    await appendAudit(ctx, action, { phoneId });
    return read(ctx);
  });
}

/** Throws `not-found` unless the phone belongs to the organization. */
export async function requirePhone({ db, organizationId }: TransactionContext, id: PhoneId) {
  const found = await db.phone.count({ where: { organizationId, id } });
  if (found === 0) throw new ServiceError("not-found", { key: "error.phone-not-found" });
}
