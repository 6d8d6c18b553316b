import type { ApiKeyId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** Ends a key, from the very next request on. May be repeated: the first time stands. */
export async function revokeApiKey(ctx: ServiceContext, id: ApiKeyId) {
  allow(ctx, "api-key.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    const { count } = await db.apiKey.updateMany({
      where: { organizationId, id, revokedAt: null },
      data: { revokedAt: now },
    });
    if (count > 0) return appendAudit(ctx, "api-key.change", { apiKeyId: id, change: "revoked" });

    const found = await db.apiKey.count({ where: { organizationId, id } });
    if (found === 0) throw new ServiceError("not-found", { key: "error.api-key-not-found" });
  });
}
