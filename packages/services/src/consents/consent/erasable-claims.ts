import { PersonalClaim } from "@ringfence/core/proof/ledger";
import type { TransactionContext } from "../../platform/context.ts";

/** Which personal particulars the statements about these events still disclose. */
export async function erasableClaims(
  { db, organizationId }: TransactionContext,
  events: readonly string[],
): Promise<PersonalClaim[]> {
  const rows = await db.$queryRaw<{ claim: string }[]>`
    SELECT DISTINCT claim FROM vault.disclosure
    JOIN vault.statement USING (organization_id, entry_id)
    WHERE organization_id = ${organizationId}::uuid AND about = ANY (${events}::uuid[])`;
  const disclosed = new Set(rows.map(({ claim }) => claim));
  return PersonalClaim.options.filter((claim) => disclosed.has(claim));
}
