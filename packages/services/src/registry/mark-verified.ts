import type { RegistryId } from "@ringfence/core/ids";
import type { Validators } from "@ringfence/core/registry";
import type { TransactionContext } from "../context.ts";

/** What is in force was found at its source as it is: its age counts anew, and never backwards. */
export async function markVerified(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  {
    revision,
    readAt,
    validators,
  }: { revision: number; readAt: Date; validators: Validators | null },
) {
  const said = validators && JSON.stringify(validators);
  await db.$executeRaw`
    UPDATE registry
    SET verified_at = greatest(verified_at, ${readAt}), validators = ${said}::jsonb
    WHERE organization_id = ${organizationId}::uuid AND id = ${registryId}::uuid`;
  await db.$executeRaw`
    UPDATE registry_edition SET revision = ${revision}::int FROM registry
    WHERE registry.organization_id = ${organizationId}::uuid AND registry.id = ${registryId}::uuid
      AND registry_edition.organization_id = registry.organization_id
      AND registry_id = registry.id AND number = registry.edition`;
}
