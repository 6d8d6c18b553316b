import { type MakeApiKey, hashSecret, writeApiKey } from "@ringfence/core/account/api-key";
import { ApiKeyId } from "@ringfence/core/ids";
import { mendText } from "@ringfence/core/platform/text";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { makeSecret } from "../../platform/keys/make-secret.ts";
import { sellerIdsOf } from "../seller/seller-ids-of.ts";
import { assertHoldsScopes, findMakerId } from "./assert-holds-scopes.ts";

/**
 * Creates a key. Its maker must be allowed every action that the key allows. Only this answer contains the
 * key itself: the database stores a hash of its secret.
 */
export async function makeApiKey(
  ctx: ServiceContext,
  { name, scopes, sellers, reason }: MakeApiKey,
) {
  allow(ctx, "api-key.change");
  assertHoldsScopes(ctx, scopes);

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    const sellerIds = await sellerIdsOf(ctx, sellers);
    const secret = await makeSecret(ctx);
    const secretHash = Buffer.from(hashSecret(secret));
    const { id } = await db.apiKey.create({
      data: {
        organizationId,
        name,
        scopes,
        sellerIds,
        secretHash,
        makerId: findMakerId(ctx),
        reason: mendText(reason),
        createdAt: now,
      },
    });
    await appendAudit(ctx, "api-key.change", {
      apiKeyId: id,
      change: "made",
      scopes: scopes.join(),
      sellers: sellerIds.join(),
    });
    return { id: ApiKeyId.parse(id), key: writeApiKey({ organizationId, secret }) };
  });
}
