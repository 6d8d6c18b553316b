import type { OrganizationId } from "@ringfence/core/ids";
import type { Transaction } from "@ringfence/db";

const ROWS_AT_ONCE = 10_000;

type Row = { organizationId: OrganizationId; id: string; hashed: Uint8Array };

/** Hashes the stored hashes of all erased numbers once more. */
export async function rehashErasedPhones(
  tx: Transaction,
  rehash: (organizationId: OrganizationId, hashed: Uint8Array) => Uint8Array,
) {
  const nobody = "00000000-0000-0000-0000-000000000000";
  let last: Pick<Row, "id"> & { organizationId: string } = { organizationId: nobody, id: nobody };
  for (;;) {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT organization_id AS "organizationId", id, phone_key AS hashed FROM phone
      WHERE phone_key IS NOT NULL
        AND (organization_id, id) > (${last.organizationId}::uuid, ${last.id}::uuid)
      ORDER BY organization_id, id LIMIT ${ROWS_AT_ONCE} FOR UPDATE`;
    await tx.$executeRaw`
      UPDATE phone SET phone_key = rehashed.key
      FROM unnest(${rows.map(({ organizationId }) => organizationId)}::uuid[],
          ${rows.map(({ id }) => id)}::uuid[],
          ${rows.map(({ organizationId, hashed }) => rehash(organizationId, hashed))}::bytea[])
        AS rehashed (organization_id, id, key)
      WHERE phone.organization_id = rehashed.organization_id AND phone.id = rehashed.id`;
    const end = rows.at(-1);
    if (end === undefined || rows.length < ROWS_AT_ONCE) return;
    last = end;
  }
}
