import { mendText } from "@ringfence/core/platform/text";
import type { TransactionContext } from "../../platform/context.ts";

/**
 * Whether something that came through a provider has not come before. Of two that come at once the key
 * of the row decides; what has no id of its own counts each time.
 */
export async function isFirst(
  { db, organizationId, now }: TransactionContext,
  { provider, externalId }: { provider: string; externalId: string | null },
): Promise<boolean> {
  if (externalId === null) return true;
  const { count } = await db.inboundMessage.createMany({
    data: { organizationId, provider, externalId: mendText(externalId), receivedAt: now },
    skipDuplicates: true,
  });
  return count === 1;
}
