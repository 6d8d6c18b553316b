import { sql } from "kysely";
import { z } from "zod";
import { PhoneId } from "@ringfence/core/ids";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { findErasedPhones } from "./erased-phones.ts";
import { loadOrganization } from "../../account/organization/internal.ts";

/** A stored phone. Of an erased one, only the key is left. */
export type StoredPhone = { id: PhoneId; isErased: boolean };

/** Finds the stored phone of a number, even if it was erased; null if there is none. */
export const findPhone = async (
  ctx: TransactionContext,
  phone: Phone,
): Promise<StoredPhone | null> => {
  const { db, organizationId } = ctx;
  const [known] = await selectRows(
    { db },
    z.object({ id: PhoneId }),
    sql`
    SELECT id FROM phone WHERE organization_id = ${organizationId}::uuid AND e164 = ${phone}`,
  );
  if (known) return { ...known, isErased: false };

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
