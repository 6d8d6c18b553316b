import type { RegistryId } from "@ringfence/core/ids";
import type { Edition, Validators } from "@ringfence/core/do-not-call/registry";
import type { TransactionContext } from "../../platform/context.ts";

type Verified = {
  revision: number;
  readAt: Date;
  validators: Validators | null;
  edition?: Pick<Edition, "kind" | "isAnswer">;
};

/**
 * What is in force was found at its source as it is: its age counts anew, and never backwards, unless
 * it is made of answers: then it is as old as the oldest of them. Each time stays on record, so that a past
 * call is judged by how old the list was then.
 */
export async function markVerified(
  { db, organizationId }: TransactionContext,
  registryId: RegistryId,
  { revision, readAt, validators, edition }: Verified,
) {
  const isOfAnswers = edition?.kind === "full" && edition.isAnswer;
  const said = validators && JSON.stringify(validators);
  await db.$executeRaw`
    UPDATE registry
    SET validators = ${said}::jsonb, verified_at = greatest(
      CASE WHEN NOT ${isOfAnswers}::boolean THEN verified_at END, ${readAt}::timestamptz)
    WHERE organization_id = ${organizationId}::uuid AND id = ${registryId}::uuid`;
  await db.$executeRaw`
    INSERT INTO registry_verification (organization_id, registry_id, edition, verified_at)
    SELECT organization_id, id, edition, verified_at FROM registry
    WHERE organization_id = ${organizationId}::uuid AND id = ${registryId}::uuid
    ON CONFLICT DO NOTHING`;
  await db.$executeRaw`
    UPDATE registry_edition SET revision = ${revision}::int FROM registry
    WHERE registry.organization_id = ${organizationId}::uuid AND registry.id = ${registryId}::uuid
      AND registry_edition.organization_id = registry.organization_id
      AND registry_id = registry.id AND number = registry.edition`;
}
