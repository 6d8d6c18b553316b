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

/**
 * Finds which of these numbers were erased, by their hashes. Computes hashes only if the organization has
 * erased numbers. Throws if the master key is rotated meanwhile, so that an erased number is never taken for a new one.
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
  const byKey = new Map(
    phones.map((phone) => [hex(computePhoneKey(secret, phone)), phone] as const),
  );
  const rows = await selectRows(
    { db },
    // Without an erased number of theirs, there is one row with the generation alone.
    z.object({ id: PhoneId.nullable(), key: z.string().nullable(), generation: z.number() }),
    sql`
    SELECT id, encode(phone_key, 'hex') AS key, now.generation
    FROM (SELECT phone_key_generation() AS generation) AS now
    LEFT JOIN phone ON organization_id = ${organizationId}::uuid
      AND phone_key = ANY (SELECT decode(key, 'hex') FROM unnest(${[...byKey.keys()]}::text[]) AS key)`,
  );
  if (rows.some((row) => row.generation !== generation)) {
    throw new Error("the master key was rotated while erased numbers were looked for");
  }
  return new Map(
    rows.flatMap(({ id, key }) => {
      const phone = key === null ? undefined : byKey.get(key);
      return id !== null && phone ? [[phone, id] as const] : [];
    }),
  );
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

const ROWS_AT_ONCE = 10_000;

const HashRow = z.object({
  organizationId: OrganizationId,
  id: z.string(),
  hashed: z.instanceof(Uint8Array),
});
type HashRow = z.infer<typeof HashRow>;

/** Hashes the stored hashes of all erased numbers again with a new key. The caller holds `lockKeys`. */
export async function rehashErasedPhones(
  tx: Transaction,
  rehash: (organizationId: OrganizationId, hashed: Uint8Array) => Uint8Array,
) {
  const nobody = "00000000-0000-0000-0000-000000000000";
  let last: Pick<HashRow, "id"> & { organizationId: string } = {
    organizationId: nobody,
    id: nobody,
  };
  for (;;) {
    const rows = await selectRows(
      { db: tx },
      HashRow,
      sql`
      SELECT organization_id AS "organizationId", id, phone_key AS hashed FROM phone
      WHERE phone_key IS NOT NULL
        AND (organization_id, id) > (${last.organizationId}::uuid, ${last.id}::uuid)
      ORDER BY organization_id, id LIMIT ${ROWS_AT_ONCE} FOR UPDATE`,
    );
    const rehashed = rows.map(({ organizationId, id, hashed }) => ({
      organizationId,
      id,
      key: rehash(organizationId, hashed),
    }));
    await tx.$executeRaw`
      UPDATE phone SET phone_key = rehashed.key
      FROM ${toTable(rehashed, { organizationId: "uuid", id: "uuid", key: "bytea" })} AS rehashed
      WHERE phone.organization_id = rehashed.organization_id AND phone.id = rehashed.id`;
    const end = rows.at(-1);
    if (end === undefined || rows.length < ROWS_AT_ONCE) return;
    last = end;
  }
}
