import type { DisclosureId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** Another organization's looks the same as none; words that nobody published have no next version. */
export async function requireDisclosure(
  { db, organizationId }: TransactionContext,
  id: DisclosureId,
): Promise<void> {
  const [known] = await db.$queryRaw<unknown[]>`
    SELECT FROM disclosure
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid AND terms IS NOT NULL
    UNION ALL SELECT FROM disclosure_draft
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
  if (!known) throw new ServiceError("not-found", { key: "disclosure.not-found" });
}
