import { command } from "../../platform/verb.ts";
import { ApiKeyId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";

/** Ends a key, from the very next request on. May be repeated: the first time stands. */
export const revokeApiKey = command({
  name: "revokeApiKey",
  action: "api-key.change",
  input: ApiKeyId,
  run: async (ctx, id) => {
    const { db, organizationId, now } = ctx;
    const { count } = await db.apiKey.updateMany({
      where: { organizationId, id, revokedAt: null },
      data: { revokedAt: now },
    });
    if (count > 0) return appendAudit(ctx, "api-key.change", { apiKeyId: id, change: "revoked" });

    const found = await db.apiKey.count({ where: { organizationId, id } });
    if (found === 0) throw new ServiceError("not-found", { key: "error.api-key-not-found" });
  },
  audit: "by run",
});
