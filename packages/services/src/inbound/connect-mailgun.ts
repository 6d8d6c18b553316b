import type { ConnectMailgun } from "@ringfence/core/inbound";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { sealSecret } from "../keys/outside-secret.ts";

/** Lets mail to a domain count as said by people, as Mailgun hands it on. Its key is kept sealed. */
export async function connectMailgun(
  ctx: ServiceContext,
  { domain: account, signingKey }: ConnectMailgun,
) {
  allow(ctx, "inbound.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, keys, organizationId, now } = ctx;
    const secret = sealSecret(keys, organizationId, signingKey);
    const { count } = await db.inboundSource.createMany({
      // Its signatures do not say where it reaches us.
      data: { organizationId, provider: "mailgun", account, origin: "", secret, createdAt: now },
      skipDuplicates: true,
    });
    if (count === 0) throw new ServiceError("conflict", { key: "inbound.account-taken" });
    await appendAudit(ctx, "inbound.change", { provider: "mailgun", change: "connected" });
  });
}
