import { type MakeApiKey, hashSecret, writeApiKey } from "@ringfence/core/api-key";
import { ApiKeyId } from "@ringfence/core/ids";
import { mendText } from "@ringfence/core/text";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { makeSecret } from "../keys/make-secret.ts";
import { sellerIdsOf } from "../seller/seller-ids-of.ts";
import { assertHoldsScopes, makerIdOf } from "./assert-holds-scopes.ts";

/** Makes a key whose every action its maker may do. This answer alone holds it: the hash of its secret is stored. */
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
        makerId: makerIdOf(ctx),
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
