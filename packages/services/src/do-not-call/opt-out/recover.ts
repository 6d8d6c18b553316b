import { sql } from "kysely";
import { z } from "zod";
import { type OrganizationId, PhoneId, SellerId } from "@ringfence/core/ids";
import { PurposeKey } from "@ringfence/core/account/purpose";
import {
  OptOutChannel,
  type OptOutScope,
  RecoverOptOuts,
} from "@ringfence/core/do-not-call/opt-out";
import { Phone } from "@ringfence/core/people/phone";
import type { Db } from "@ringfence/db";
import {
  type PhoneSecret,
  type TransactionContext,
  appendAudit,
  command,
  computePhoneKey,
  inTransaction,
  nextHash,
  selectRow,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { saveOptOuts } from "./record.ts";

const BATCH = 200;
const PHONES_IN_PAGE = 10_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

type LostOptOut = RecoverOptOuts["lost"][number];
/** A lost opt-out, with the hash of its number by the current master key, in hex. */
type FoundOptOut = LostOptOut & { hash: string };

/**
 * Records opt-outs again that a restored database has lost, from the copy on another disk. The copy has no numbers, but
 * keyed hashes of them: a number that is on record is found by its hash, and any other is stored as an erased one, so that
 * a screening finds it by the hash too. An opt-out of a seller or purpose that was lost with it covers all calls. Each is
 * a new statement on the ledger. One that was recovered before is left out.
 */
export const recoverOptOuts = command({
  name: "recoverOptOuts",
  action: "opt-out.recover",
  input: RecoverOptOuts,
  transaction: "by run",
  run: async (ctx, { lost }) => {
    const secret = await loadSecret(ctx);
    const found = lost.map((optOut) => ({ ...optOut, hash: continueHash(secret, optOut) }));
    const phones = await findPhonesByHash(ctx, secret, new Set(found.map(({ hash }) => hash)));
    let recovered = 0;
    for (let from = 0; from < found.length; from += BATCH) {
      const batch = found.slice(from, from + BATCH);
      recovered += await inTransaction(ctx, (ctx) => recoverBatch(ctx, phones, batch), {
        timeoutMs: 60_000,
      });
    }
    return { recovered };
  },
  // A row for each opt-out, in the transaction that records it.
  audit: "by run",
});

async function loadSecret({
  db,
  keys,
  organizationId,
}: Pick<TransactionContext, "keys" | "organizationId"> & { db: Pick<Db, "prisma"> }) {
  const { generation } = await selectRow(
    { db: db.prisma },
    z.object({ generation: z.number() }),
    sql`SELECT phone_key_generation() AS generation`,
  );
  return keys.phoneSecret(organizationId, generation);
}

/** Continues a hash of the copy with the keys that were made since. */
const continueHash = (secret: PhoneSecret, { phoneKey, generation }: LostOptOut): string =>
  Buffer.from(
    secret
      .slice(generation)
      .reduce<Uint8Array>((hash, key) => nextHash(key, hash), Buffer.from(phoneKey, "hex")),
  ).toString("hex");

/** Finds the phones whose numbers have these hashes. Reads all numbers of the organization, outside of a transaction. */
async function findPhonesByHash(
  { db, organizationId }: { db: Pick<Db, "prisma">; organizationId: OrganizationId },
  secret: PhoneSecret,
  hashes: ReadonlySet<string>,
): Promise<Map<string, PhoneId>> {
  const found = new Map<string, PhoneId>();
  let last: string = FIRST;
  for (;;) {
    const rows = await selectRows(
      { db: db.prisma },
      z.object({ id: PhoneId, e164: Phone }),
      sql`
      SELECT id, e164 FROM phone
      WHERE organization_id = ${organizationId}::uuid AND e164 IS NOT NULL AND id > ${last}::uuid
      ORDER BY id LIMIT ${PHONES_IN_PAGE}`,
    );
    for (const { id, e164 } of rows) {
      const hash = Buffer.from(computePhoneKey(secret, e164)).toString("hex");
      if (hashes.has(hash)) found.set(hash, id);
    }
    const end = rows.at(-1);
    if (end === undefined || rows.length < PHONES_IN_PAGE) return found;
    last = end.id;
  }
}

async function recoverBatch(
  ctx: TransactionContext,
  phones: ReadonlyMap<string, PhoneId>,
  batch: readonly FoundOptOut[],
): Promise<number> {
  const missing = await leaveOutRecovered(ctx, batch);
  const erased = await findOrAddHashes(
    ctx,
    missing.map(({ hash }) => hash).filter((hash) => !phones.has(hash)),
  );
  const settings = {
    sellerIds: new Set<string>((await loadSellers(ctx)).map(({ id }) => id)),
    purposes: new Set<string>((await loadPurposes(ctx)).map(({ key }) => key)),
  };
  const optOuts = missing.map((optOut) => ({
    phoneId: phones.get(optOut.hash) ?? erased.get(optOut.hash),
    scope: toScope(optOut, settings),
    channel: OptOutChannel.catch("api").parse(optOut.channel),
    at: new Date(optOut.at),
  }));
  const withPhones = optOuts.map(({ phoneId, ...optOut }) => {
    if (phoneId === undefined) throw new Error("a number was neither found nor stored");
    return { ...optOut, phoneId };
  });
  const saved = await saveOptOuts(ctx, withPhones);
  const recovered = missing.flatMap(({ entryId }, index) => {
    const [optOut, phone] = [saved[index], withPhones[index]];
    return optOut && phone ? [{ entryId, optOutId: optOut.id, phoneId: phone.phoneId }] : [];
  });
  await ctx.db.$executeRaw`
    INSERT INTO ledger.recovered_opt_out (entry_id, organization_id, opt_out_id)
    SELECT entry_id, ${ctx.organizationId}::uuid, opt_out_id
    FROM ${toTable(recovered, { entryId: "uuid", optOutId: "uuid" })} AS recovered`;
  for (const details of recovered) await appendAudit(ctx, "opt-out.recover", details);
  return recovered.length;
}

async function leaveOutRecovered(
  { db, organizationId }: TransactionContext,
  batch: readonly FoundOptOut[],
): Promise<FoundOptOut[]> {
  const rows = await selectRows(
    { db },
    z.object({ entryId: z.string() }),
    sql`
    SELECT entry_id AS "entryId" FROM ledger.recovered_opt_out
    WHERE organization_id = ${organizationId}::uuid
      AND entry_id = ANY (${batch.map(({ entryId }) => entryId)}::uuid[])`,
  );
  const before = new Set(rows.map(({ entryId }) => entryId));
  return batch.filter(({ entryId }) => !before.has(entryId));
}

/** Finds phones whose numbers were erased by their hashes, and stores those that are new, as if they had been erased. */
async function findOrAddHashes(
  { db, organizationId }: TransactionContext,
  hashes: readonly string[],
): Promise<Map<string, PhoneId>> {
  const wanted = [...new Set(hashes)].toSorted();
  await db.$executeRaw`
    INSERT INTO phone (organization_id, id, phone_key)
    SELECT ${organizationId}::uuid, uuid7(), decode(hash, 'hex') FROM unnest(${wanted}::text[]) AS hash
    ON CONFLICT DO NOTHING`;
  const rows = await selectRows(
    { db },
    z.object({ id: PhoneId, hash: z.string() }),
    sql`
    SELECT id, encode(phone_key, 'hex') AS hash FROM phone
    WHERE organization_id = ${organizationId}::uuid
      AND phone_key = ANY (SELECT decode(hash, 'hex') FROM unnest(${wanted}::text[]) AS hash)`,
  );
  return new Map(rows.map(({ id, hash }) => [hash, id]));
}

function toScope(
  { scope, sellerId, purpose }: LostOptOut,
  known: { sellerIds: ReadonlySet<string>; purposes: ReadonlySet<string> },
): OptOutScope {
  if (scope === "profiling") return { scope };
  if (scope === "seller" && sellerId !== null && known.sellerIds.has(sellerId))
    return { scope, sellerId: SellerId.parse(sellerId) };
  if (scope === "purpose" && purpose !== null && known.purposes.has(purpose))
    return { scope, purpose: PurposeKey.parse(purpose) };
  return { scope: "all" };
}
