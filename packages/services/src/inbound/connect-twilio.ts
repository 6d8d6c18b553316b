import type { ConnectTwilio } from "@ringfence/core/inbound";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { sealSecret } from "../keys/outside-secret.ts";

/** Lets what comes from an account of Twilio count as said by people. Its token is kept sealed. */
export async function connectTwilio(
  ctx: ServiceContext,
  { account, token, origin }: ConnectTwilio,
) {
  allow(ctx, "inbound.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, keys, organizationId, now } = ctx;
    const secret = sealSecret(keys, organizationId, token);
    const { count } = await db.inboundSource.createMany({
      data: { organizationId, provider: "twilio", account, origin, secret, createdAt: now },
      skipDuplicates: true,
    });
    if (count === 0) throw new ServiceError("conflict", { key: "inbound.account-taken" });
    await appendAudit(ctx, "inbound.change", { provider: "twilio", change: "connected" });
  });
}
