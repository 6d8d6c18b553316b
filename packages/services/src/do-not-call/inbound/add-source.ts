import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { sealSecret } from "../../platform/keys/outside-secret.ts";

type Source = { provider: "twilio" | "mailgun"; account: string; origin: string; secret: string };

/** Lets an account of a provider count as said by people. What it signs with is kept sealed. */
export async function addSource(
  ctx: TransactionContext,
  { secret, ...source }: Source,
): Promise<void> {
  const { db, keys, organizationId, now: createdAt } = ctx;
  const sealed = sealSecret(keys, organizationId, secret);
  const { count } = await db.inboundSource.createMany({
    data: { ...source, organizationId, secret: sealed, createdAt },
    skipDuplicates: true,
  });
  if (count === 0) throw new ServiceError("conflict", { key: "inbound.account-taken" });
  await appendAudit(ctx, "inbound.change", { provider: source.provider, change: "connected" });
}
