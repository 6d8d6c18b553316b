import { readPhone } from "@ringfence/core/phone";
import type { PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../context.ts";
import { organizationOf } from "../organization/organization-of.ts";
import { erasedPhones } from "./erased-phones.ts";

/** The phone that a search means, also one that was erased; null when it means none on record. */
export const searchPhone = async (
  ctx: TransactionContext,
  search: string,
): Promise<PhoneId | null> => {
  const { homeRegion } = await organizationOf(ctx);
  const read = readPhone(search, homeRegion);
  if ("fault" in read) return null;
  const { phone } = read;
  const { db, organizationId } = ctx;
  const [found] = await db.$queryRaw<{ id: PhoneId }[]>`
    SELECT id FROM phone WHERE organization_id = ${organizationId}::uuid AND e164 = ${phone}`;
  return found?.id ?? (await erasedPhones(ctx, [phone])).get(phone) ?? null;
};
