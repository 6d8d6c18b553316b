import { command } from "../../platform/verb.ts";
import { Scope } from "@ringfence/core/platform/access";
import { ApiKeyId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { assertHoldsScopes, findMakerId } from "./assert-holds-scopes.ts";

/**
 * Makes the acting member the new maker of a key, so that it works again after its maker was removed or given
 * another role. They must hold every action of its scopes.
 */
export const takeOverApiKey = command({
  name: "takeOverApiKey",
  action: "api-key.change",
  input: ApiKeyId,
  run: async (ctx, id): Promise<void> => {
    const { db, organizationId } = ctx;
    const key = await db.apiKey.findFirst({ where: { organizationId, id, revokedAt: null } });
    if (key === null) throw new ServiceError("not-found", { key: "error.api-key-not-found" });
    assertHoldsScopes(ctx, Scope.array().parse(key.scopes));
    const makerId = findMakerId(ctx);
    await db.apiKey.updateMany({ where: { organizationId, id }, data: { makerId } });
    await appendAudit(ctx, "api-key.change", { apiKeyId: id, change: "taken-over" });
  },
  audit: "by run",
});
