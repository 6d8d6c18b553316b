import { type MakeApiKey, hashSecret, writeApiKey } from "@ringfence/core/api-key";
import { ApiKeyId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";

/** Makes a key. This answer alone holds it: what is stored is the hash of its secret. */
export async function makeApiKey(ctx: ServiceContext, { name, scopes }: MakeApiKey) {
  allow(ctx, "api-key.change");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    const secret = await makeSecret(ctx);
    const secretHash = Buffer.from(hashSecret(secret));
    const { id } = await db.apiKey.create({
      data: { organizationId, name, scopes, secretHash, createdAt: now },
    });
    await appendAudit(ctx, "api-key.change", {
      apiKeyId: id,
      change: "made",
      scopes: scopes.join(),
    });
    return { id: ApiKeyId.parse(id), key: writeApiKey({ organizationId, secret }) };
  });
}

/** 256 bits, of the 366 random ones that PostgreSQL puts into three UUIDs. */
async function makeSecret({ db }: TransactionContext) {
  const [made] = await db.$queryRaw<[{ secret: Uint8Array }]>`
    SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
      || uuid_send(gen_random_uuid())) AS secret`;
  return made.secret;
}
