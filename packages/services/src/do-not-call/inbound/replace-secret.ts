import type { ReplaceSecret } from "@ringfence/core/do-not-call/inbound";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { sealSecret } from "../../platform/keys/outside-secret.ts";
import { requireSource } from "./require-source.ts";

/** Believes what an account signs with another secret, from now on; with the one before, no more. */
export async function replaceSecret(ctx: ServiceContext, { sourceId, secret }: ReplaceSecret) {
  allow(ctx, "inbound.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, keys, organizationId } = ctx;
    const { provider } = await requireSource(ctx, sourceId);
    await db.inboundSource.updateMany({
      where: { organizationId, id: sourceId },
      data: { secret: sealSecret(keys, organizationId, secret) },
    });
    await appendAudit(ctx, "inbound.change", { provider, change: "secret-replaced" });
  });
}
