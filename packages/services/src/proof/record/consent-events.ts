import type { ConsentId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/** The ids of all that is on record of a consent, the first first. */
export async function consentEvents(
  { db, organizationId }: TransactionContext,
  consentId: ConsentId,
): Promise<string[]> {
  const events = await db.consentEvent.findMany({
    where: { organizationId, consentId },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return events.map(({ id }) => id);
}
