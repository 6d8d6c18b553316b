import { sql } from "kysely";
import { z } from "zod";
import { OrganizationId, PhoneId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import {
  type TransactionContext,
  computePhoneKey,
  selectRow,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import type { Transaction } from "@ringfence/db";

/*
 * The number of an erased phone is replaced by a keyed hash, `phone_key`, so that an opt-out is still found by the number
 * (`computePhoneKey`). Its secret grows with each generation of the master key: the first key hashes the number, and each
 * later one hashes the hash before it. So a rotation can hash stored hashes once more, without the numbers.
 */

/**
 * Finds which of these numbers were erased, by their hashes. Computes hashes only if the organization has erased numbers.
 * Throws if the master key is rotated meanwhile, so that an erased number is never taken for a new one.
 */
export async function findErasedPhones(
  { db, organizationId, keys }: Pick<TransactionContext, "db" | "organizationId" | "keys">,
  phones: readonly Phone[],
): Promise<Map<Phone, PhoneId>> {
  const { generation } = await selectRow(
    { db },
    z.object({ generation: z.number().nullable() }),
    sql`
    SELECT CASE WHEN EXISTS (
      SELECT FROM phone WHERE organization_id = ${organizationId}::uuid AND phone_key IS NOT NULL
    ) THEN phone_key_generation() END AS generation`,
  );
  if (generation === null) return new Map();

  const secret = await keys.phoneSecret(organizationId, generation);
  const phoneByHash = new Map(
    phones.map((phone) => [toHex(computePhoneKey(secret, phone)), phone] as const),
  );
  const rows = await selectRows(
    { db },
    // If none of the numbers was erased, there is one row, with the generation alone.
    z.object({ id: PhoneId.nullable(), hash: z.string().nullable(), generation: z.number() }),
    sql`
    SELECT id, encode(phone_key, 'hex') AS hash, current.generation
    FROM (SELECT phone_key_generation() AS generation) AS current
    LEFT JOIN phone ON organization_id = ${organizationId}::uuid
      AND phone_key = ANY (SELECT decode(hash, 'hex') FROM unnest(${[...phoneByHash.keys()]}::text[]) AS hash)`,
  );
  if (rows.some((row) => row.generation !== generation)) {
    throw new Error("the master key was rotated while erased numbers were looked for");
  }
  return new Map(
    rows.flatMap(({ id, hash }) => {
      const phone = hash === null ? undefined : phoneByHash.get(hash);
      return id !== null && phone ? [[phone, id] as const] : [];
    }),
  );
}

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

const PAGE_SIZE = 10_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

const HashRow = z.object({
  organizationId: OrganizationId,
  id: z.string(),
  hash: z.instanceof(Uint8Array),
});
type HashRow = z.infer<typeof HashRow>;

/**
 * Continues the hashes of the erased numbers of all organizations with a new generation of the master key. Call it in the
 * transaction that puts this generation in use, with `lockKeys` held.
 */
export async function rehashErasedPhones(
  tx: Transaction,
  rehash: (organizationId: OrganizationId, hash: Uint8Array) => Uint8Array,
) {
  let last: Pick<HashRow, "id"> & { organizationId: string } = { organizationId: FIRST, id: FIRST };
  for (;;) {
    const rows = await selectRows(
      { db: tx },
      HashRow,
      sql`
      SELECT organization_id AS "organizationId", id, phone_key AS hash FROM phone
      WHERE phone_key IS NOT NULL
        AND (organization_id, id) > (${last.organizationId}::uuid, ${last.id}::uuid)
      ORDER BY organization_id, id LIMIT ${PAGE_SIZE} FOR UPDATE`,
    );
    const rehashed = rows.map(({ organizationId, id, hash }) => ({
      organizationId,
      id,
      hash: rehash(organizationId, hash),
    }));
    await tx.$executeRaw`
      UPDATE phone SET phone_key = rehashed.hash
      FROM ${toTable(rehashed, { organizationId: "uuid", id: "uuid", hash: "bytea" })} AS rehashed
      WHERE phone.organization_id = rehashed.organization_id AND phone.id = rehashed.id`;
    const end = rows.at(-1);
    if (end === undefined || rows.length < PAGE_SIZE) return;
    last = end;
  }
}
