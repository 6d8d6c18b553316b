import type { PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/** All that statements disclose of these, and the keys by which backups could still be read. */
export async function eraseSubjects(
  { db, organizationId }: TransactionContext,
  subjectIds: readonly PhoneId[],
): Promise<number> {
  const disclosures = await db.$executeRaw`
    DELETE FROM vault.disclosure USING vault.statement
    WHERE disclosure.organization_id = ${organizationId}::uuid
      AND statement.organization_id = disclosure.organization_id
      AND statement.entry_id = disclosure.entry_id AND subject_id = ANY (${subjectIds}::uuid[])`;
  await db.$executeRaw`
    UPDATE vault.subject SET wrapped_key = NULL, wrapping_key_id = NULL
    WHERE organization_id = ${organizationId}::uuid AND subject_id = ANY (${subjectIds}::uuid[])`;
  return disclosures;
}
