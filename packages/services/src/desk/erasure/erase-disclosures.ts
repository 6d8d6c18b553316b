import type { PhoneId } from "@ringfence/core/ids";
import type { PersonalClaim } from "@ringfence/core/proof/ledger";
import type { TransactionContext } from "../../platform/context.ts";
import {
  openDisclosures,
  type Sealed,
  sealDisclosures,
} from "../../proof/statement/seal-disclosures.ts";
import { holdSubjects, makeKeys } from "../../proof/statement/subject-keys.ts";

/**
 * Single claims of what was stated of these: of all statements, or of some. What stays is sealed anew
 * with another key, for by the old one a backup could still be read.
 */
export async function eraseDisclosures(
  ctx: TransactionContext,
  subjectIds: readonly PhoneId[],
  claims: readonly PersonalClaim[],
  entryIds: readonly string[] | null = null,
): Promise<number> {
  const { db, organizationId } = ctx;
  const subjects = await holdSubjects(ctx, subjectIds);
  let erased = 0;
  for (const { id, key } of subjects.values()) {
    const gone = await db.$queryRaw<Sealed[]>`
      DELETE FROM vault.disclosure USING vault.statement
      WHERE disclosure.organization_id = ${organizationId}::uuid
        AND statement.organization_id = disclosure.organization_id
        AND statement.entry_id = disclosure.entry_id AND subject_id = ${id}::uuid
      RETURNING disclosure.entry_id AS "entryId", claim, sealed`;
    const names: ReadonlySet<string> = new Set(claims);
    const isErased = ({ entryId, claim }: Sealed) =>
      names.has(claim) && (entryIds === null || entryIds.includes(entryId));
    const kept = openDisclosures(
      organizationId,
      gone.filter((it) => !isErased(it)),
      key,
    );
    const fresh = (await makeKeys(ctx, [id])).get(id);
    if (!fresh) throw new Error("a subject got no key");
    await sealDisclosures(
      ctx,
      kept.map((it) => ({ ...it, key: fresh })),
    );
    erased += gone.length - kept.length;
  }
  return erased;
}
