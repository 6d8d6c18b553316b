import type { PhoneId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/phone";
import type { TransactionContext } from "../context.ts";

/** Which of these numbers were erased, by their keys: asked, and paid for, only where some were. */
export async function erasedPhones(
  { db, organizationId, keys }: Pick<TransactionContext, "db" | "organizationId" | "keys">,
  phones: readonly Phone[],
): Promise<Map<Phone, PhoneId>> {
  const someErased = await db.phone.findFirst({
    where: { organizationId, phoneKey: { not: null } },
    select: { id: true },
  });
  if (someErased === null) return new Map();

  const byKey = new Map(
    phones.map((phone) => [hex(keys.phoneKey(organizationId, phone)), phone] as const),
  );
  const rows = await db.$queryRaw<{ id: PhoneId; key: string }[]>`
    SELECT id, encode(phone_key, 'hex') AS key FROM phone
    WHERE organization_id = ${organizationId}::uuid
      AND phone_key = ANY (SELECT decode(key, 'hex') FROM unnest(${[...byKey.keys()]}::text[]) AS key)`;
  return new Map(
    rows.flatMap(({ id, key }) => {
      const phone = byKey.get(key);
      return phone ? [[phone, id] as const] : [];
    }),
  );
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
