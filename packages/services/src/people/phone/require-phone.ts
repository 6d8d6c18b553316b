import type { PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** Another organization's phone looks the same as none. */
export async function requirePhone({ db, organizationId }: TransactionContext, id: PhoneId) {
  const found = await db.phone.count({ where: { organizationId, id } });
  if (found === 0) throw new ServiceError("not-found", { key: "error.phone-not-found" });
}
