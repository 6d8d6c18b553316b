import type { PhoneId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import type { TransactionContext } from "../../platform/context.ts";
import { findErasedPhones } from "./erased-phones.ts";

export type InternedPhone = { id: PhoneId; isErased: boolean };

/**
 * The ids of numbers, in one go however many they are; those that are new are put on record. Of two
 * that intern a number at once, both get the one id. A number that was erased is found by its key,
 * and stays erased.
 */
export async function internPhones(
  { db, organizationId, keys }: Pick<TransactionContext, "db" | "organizationId" | "keys">,
  phones: Iterable<Phone>,
): Promise<Map<Phone, InternedPhone>> {
  const wanted = [...new Set(phones)].toSorted();
  const found = new Map<Phone, InternedPhone>();
  const missing = () => wanted.filter((phone) => !found.has(phone));

  const read = async (phones: readonly Phone[]) => {
    const rows = await db.$queryRaw<{ id: PhoneId; e164: Phone }[]>`
      SELECT id, e164 FROM phone
      WHERE organization_id = ${organizationId}::uuid AND e164 = ANY (${phones})`;
    for (const { id, e164 } of rows) found.set(e164, { id, isErased: false });
  };
  await read(wanted);
  if (missing().length === 0) return found;

  for (const [phone, id] of await findErasedPhones({ db, organizationId, keys }, missing())) {
    found.set(phone, { id, isErased: true });
  }
  const unknown = missing();
  // In the order of the numbers, so that of two at once neither waits for the other in a circle.
  await db.$executeRaw`
    INSERT INTO phone (organization_id, id, e164)
    SELECT ${organizationId}::uuid, uuid7(), e164 FROM unnest(${unknown}::text[]) AS e164
    ON CONFLICT DO NOTHING`;
  await read(unknown);
  return found;
}

/** The id of one number. */
export const internPhone = async (
  ctx: Pick<TransactionContext, "db" | "organizationId" | "keys">,
  phone: Phone,
): Promise<PhoneId> => {
  const interned = (await internPhones(ctx, [phone])).get(phone);
  if (!interned) throw new Error("a number was neither found nor put on record");
  return interned.id;
};
