import { sql } from "kysely";
import { z } from "zod";
import { PhoneId } from "@ringfence/core/ids";
import { Phone, readPhone } from "@ringfence/core/people/phone";
import { type TransactionContext, selectRow, selectRows } from "../../platform/internal.ts";
import { findErasedPhones } from "./erased-phones.ts";
import { loadOrganization } from "../../account/organization/internal.ts";

/** A stored phone. Of an erased one, only the keyed hash is left. */
export type StoredPhone = { id: PhoneId; isErased: boolean };

/**
 * Returns the stored phone of each number, and stores new ones. Two concurrent calls get the same id. An erased
 * number is found by its keyed hash, and stays erased.
 */
export async function findOrAddPhones(
  { db, organizationId, keys }: Pick<TransactionContext, "db" | "organizationId" | "keys">,
  phones: Iterable<Phone>,
): Promise<Map<Phone, StoredPhone>> {
  const wanted = [...new Set(phones)].toSorted();
  const found = new Map<Phone, StoredPhone>();
  const missing = () => wanted.filter((phone) => !found.has(phone));
  const add = async (options: { unlessAnyErased: boolean }) => {
    if (missing().length === 0) return;
    const rows = await addPhones({ db, organizationId }, missing(), options);
    for (const { id, e164 } of rows) if (id !== null) found.set(e164, { id, isErased: false });
  };

  await add({ unlessAnyErased: true });
  if (missing().length === 0) return found;
  for (const [phone, id] of await findErasedPhones({ db, organizationId, keys }, missing())) {
    found.set(phone, { id, isErased: true });
  }
  await add({ unlessAnyErased: false });
  // Another transaction has stored those that are still missing: a new statement sees them.
  await add({ unlessAnyErased: false });
  return found;
}

/**
 * Stores numbers that are not stored, and returns a row for each number. Its id is null if another transaction has just
 * stored it. `unlessAnyErased`: adds none if the organization has erased numbers, because each could be one of them.
 */
const addPhones = (
  { db, organizationId }: Pick<TransactionContext, "db" | "organizationId">,
  phones: readonly Phone[],
  { unlessAnyErased }: { unlessAnyErased: boolean },
) =>
  selectRows(
    { db },
    z.object({ id: PhoneId.nullable(), e164: Phone }),
    // Sorted, so that two concurrent calls cannot deadlock.
    sql`
    WITH stored AS (
      SELECT phone.id, wanted.e164 FROM unnest(${phones}::text[]) AS wanted (e164)
      LEFT JOIN phone ON organization_id = ${organizationId}::uuid AND phone.e164 = wanted.e164
    ), added AS (
      INSERT INTO phone (organization_id, id, e164)
      SELECT ${organizationId}::uuid, uuid7(), e164 FROM stored
      WHERE id IS NULL AND NOT (${unlessAnyErased}::boolean AND EXISTS (
        SELECT FROM phone WHERE organization_id = ${organizationId}::uuid AND phone_key IS NOT NULL))
      ORDER BY e164 ON CONFLICT DO NOTHING RETURNING id, e164
    )
    SELECT coalesce(stored.id, added.id) AS id, stored.e164
    FROM stored LEFT JOIN added ON added.e164 = stored.e164`,
  );

/** Returns the id of one number, erased or not, and stores the number if it is new. */
export const findOrAddPhone = async (
  ctx: Pick<TransactionContext, "db" | "organizationId" | "keys">,
  phone: Phone,
): Promise<PhoneId> => {
  const stored = (await findOrAddPhones(ctx, [phone])).get(phone);
  if (!stored) throw new Error("a number was neither found nor put on record");
  return stored.id;
};

/** Finds the stored phone of a number, even if it was erased; null if there is none. */
export const findPhone = async (
  ctx: TransactionContext,
  phone: Phone,
): Promise<StoredPhone | null> => {
  const { db, organizationId } = ctx;
  const [stored] = await selectRows(
    { db },
    z.object({ id: PhoneId }),
    sql`
    SELECT id FROM phone WHERE organization_id = ${organizationId}::uuid AND e164 = ${phone}`,
  );
  if (stored) return { ...stored, isErased: false };

  const erased = (await findErasedPhones(ctx, [phone])).get(phone);
  return erased === undefined ? null : { id: erased, isErased: true };
};

/** Finds the stored phone that a search text means, even if it was erased; null if there is none. */
export const findPhoneBySearch = async (
  ctx: TransactionContext,
  search: string,
): Promise<PhoneId | null> => {
  const { homeRegion } = await loadOrganization(ctx);
  const read = readPhone(search, homeRegion);
  if ("fault" in read) return null;
  return (await findPhone(ctx, read.phone))?.id ?? null;
};

/**
 * Locks phones, so that others who record something about them wait. Screenings do not wait.
 *
 * Returns the context with the time at which the locks were obtained. An opt-out takes effect then, so it is later than
 * every consent that was recorded before it. A consent keeps the time at which it was given.
 */
export async function lockPhones(
  ctx: TransactionContext,
  ids: readonly PhoneId[],
): Promise<TransactionContext> {
  const { db, organizationId } = ctx;
  const { now } = await selectRow(
    { db },
    z.object({ now: z.date() }),
    sql`
    WITH locked AS (
      SELECT id FROM phone
      WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])
      ORDER BY id FOR NO KEY UPDATE
    )
    SELECT clock_timestamp() AS now, count(*)::int AS phones FROM locked`,
  );
  return { ...ctx, now };
}
