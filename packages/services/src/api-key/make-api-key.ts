import { type MakeApiKey, hashSecret, writeApiKey } from "@ringfence/core/api-key";
import { ApiKeyId } from "@ringfence/core/ids";
import { findSeller } from "@ringfence/core/seller";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { sellersOf } from "../seller/sellers-of.ts";

/** Makes a key. This answer alone holds it: what is stored is the hash of its secret. */
export async function makeApiKey(ctx: ServiceContext, { name, scopes, sellers }: MakeApiKey) {
  allow(ctx, "api-key.change");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    const sellerIds = await sellerIdsOf(ctx, sellers);
    const secret = await makeSecret(ctx);
    const secretHash = Buffer.from(hashSecret(secret));
    const { id } = await db.apiKey.create({
      data: { organizationId, name, scopes, sellerIds, secretHash, createdAt: now },
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

/** Those that are named; one that is not there would open no seller, or all. */
async function sellerIdsOf(ctx: TransactionContext, named: readonly string[] = []) {
  const known = await sellersOf(ctx);
  return named.map((keyOrId, index) => {
    const { seller, fault } = findSeller(known, keyOrId);
    if (fault) throw new ServiceError("invalid-field", fault, `/sellers/${index}`);
    return seller.id;
  });
}

/** 256 bits, of the 366 random ones that PostgreSQL puts into three UUIDs. */
async function makeSecret({ db }: TransactionContext) {
  const [made] = await db.$queryRaw<[{ secret: Uint8Array }]>`
    SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
      || uuid_send(gen_random_uuid())) AS secret`;
  return made.secret;
}
