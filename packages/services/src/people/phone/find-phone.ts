import type { PhoneId } from "@ringfence/core/ids";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import type { TransactionContext } from "../../platform/context.ts";
import { findErasedPhones } from "./erased-phones.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";

/** A phone as it stands on record; of one that was erased no more than its key. */
export type StoredPhone = { id: PhoneId; isErased: boolean };

/** The phone of a number; null where there is none on record. */
export const findPhone = async (
  ctx: TransactionContext,
  phone: Phone,
): Promise<StoredPhone | null> => {
  const { db, organizationId } = ctx;
  const [known] = await db.$queryRaw<{ id: PhoneId }[]>`
    SELECT id FROM phone WHERE organization_id = ${organizationId}::uuid AND e164 = ${phone}`;
  if (known) return { ...known, isErased: false };

  const erased = (await findErasedPhones(ctx, [phone])).get(phone);
  return erased === undefined ? null : { id: erased, isErased: true };
};

/** The phone that a search means, also one that was erased; null when it means none on record. */
export const findPhoneBySearch = async (
  ctx: TransactionContext,
  search: string,
): Promise<PhoneId | null> => {
  const { homeRegion } = await organizationOf(ctx);
  const read = readPhone(search, homeRegion);
  if ("fault" in read) return null;
  return (await findPhone(ctx, read.phone))?.id ?? null;
};
