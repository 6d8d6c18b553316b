import { sql } from "kysely";
import { z } from "zod";
import { PhoneId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { findErasedPhones } from "./erased-phones.ts";

export type InternedPhone = { id: PhoneId; isErased: boolean };

/**
 * Returns the ids of numbers, and stores new ones. Two concurrent calls get the same id. An erased number
 * is found by its key, and stays erased.
 */
export async function internPhones(
  { db, organizationId, keys }: Pick<TransactionContext, "db" | "organizationId" | "keys">,
  phones: Iterable<Phone>,
): Promise<Map<Phone, InternedPhone>> {
  const wanted = [...new Set(phones)].toSorted();
  const found = new Map<Phone, InternedPhone>();
  const missing = () => wanted.filter((phone) => !found.has(phone));

  const read = async (phones: readonly Phone[]) => {
    const rows = await selectRows(
      { db },
      z.object({ id: PhoneId, e164: Phone }),
      sql`
      SELECT id, e164 FROM phone
      WHERE organization_id = ${organizationId}::uuid AND e164 = ANY (${phones})`,
    );
    for (const { id, e164 } of rows) found.set(e164, { id, isErased: false });
  };
  await read(wanted);
  if (missing().length === 0) return found;

  for (const [phone, id] of await findErasedPhones({ db, organizationId, keys }, missing())) {
    found.set(phone, { id, isErased: true });
  }
  const unknown = missing();
  // Sorted, so that two concurrent calls cannot deadlock.
  await db.$executeRaw`
    INSERT INTO phone (organization_id, id, e164)
    SELECT ${organizationId}::uuid, uuid7(), e164 FROM unnest(${unknown}::text[]) AS e164
    ON CONFLICT DO NOTHING`;
  await read(unknown);
  return found;
}

/** Returns the id of one number. */
export const internPhone = async (
  ctx: Pick<TransactionContext, "db" | "organizationId" | "keys">,
  phone: Phone,
): Promise<PhoneId> => {
  const interned = (await internPhones(ctx, [phone])).get(phone);
  if (!interned) throw new Error("a number was neither found nor put on record");
  return interned.id;
};
