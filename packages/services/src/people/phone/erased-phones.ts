import type { PhoneId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import type { TransactionContext } from "../../platform/context.ts";
import { phoneKeyBy } from "../../platform/keys/phone-key.ts";

/**
 * Finds which of these numbers were erased, by their hashes. Hashes only if the organization has erased
 * numbers.
 */
export async function findErasedPhones(
  { db, organizationId, keys }: Pick<TransactionContext, "db" | "organizationId" | "keys">,
  phones: readonly Phone[],
): Promise<Map<Phone, PhoneId>> {
  const [{ generation }] = await db.$queryRaw<[{ generation: number | null }]>`
    SELECT CASE WHEN EXISTS (
      SELECT FROM phone WHERE organization_id = ${organizationId}::uuid AND phone_key IS NOT NULL
    ) THEN phone_key_generation() END AS generation`;
  if (generation === null) return new Map();

  const secret = await keys.phoneSecret(organizationId, generation);
  const byKey = new Map(phones.map((phone) => [hex(phoneKeyBy(secret, phone)), phone] as const));
  const rows = await db.$queryRaw<{ id: PhoneId | null; key: string; generation: number }[]>`
    SELECT id, encode(phone_key, 'hex') AS key, now.generation
    FROM (SELECT phone_key_generation() AS generation) AS now
    LEFT JOIN phone ON organization_id = ${organizationId}::uuid
      AND phone_key = ANY (SELECT decode(key, 'hex') FROM unnest(${[...byKey.keys()]}::text[]) AS key)`;
  if (rows.some((row) => row.generation !== generation)) {
    throw new Error("the master key was rotated while erased numbers were looked for");
  }
  return new Map(
    rows.flatMap(({ id, key }) => {
      const phone = byKey.get(key);
      return id !== null && phone ? [[phone, id] as const] : [];
    }),
  );
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
