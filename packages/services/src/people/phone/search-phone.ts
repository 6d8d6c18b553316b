import { readPhone } from "@ringfence/core/people/phone";
import type { PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { phoneOnRecord } from "./phone-on-record.ts";

/** The phone that a search means, also one that was erased; null when it means none on record. */
export const searchPhone = async (
  ctx: TransactionContext,
  search: string,
): Promise<PhoneId | null> => {
  const { homeRegion } = await organizationOf(ctx);
  const read = readPhone(search, homeRegion);
  if ("fault" in read) return null;
  return (await phoneOnRecord(ctx, read.phone))?.id ?? null;
};
