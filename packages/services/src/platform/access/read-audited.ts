import type { Action } from "@ringfence/core/platform/access";
import type { PhoneId } from "@ringfence/core/ids";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { requirePhone } from "./require-phone.ts";
import { allow } from "./allow.ts";

/** The one way to what is personal: who looks at whose data is on record before they see it. */
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
