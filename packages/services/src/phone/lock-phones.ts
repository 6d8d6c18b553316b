import type { PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../context.ts";

/** What is recorded of these phones waits for what others record of them; screenings do not wait. */
export async function lockPhones(
  { db, organizationId }: TransactionContext,
  ids: readonly PhoneId[],
) {
  await db.$executeRaw`
    SELECT FROM phone WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])
    ORDER BY id FOR NO KEY UPDATE`;
}
