import { sql } from "kysely";
import { z } from "zod";
import { type TransactionContext, selectRows, toTable } from "../../platform/internal.ts";
import { loadStatementNames, recordStatements } from "../../proof/statement/internal.ts";
import { DisclosureRef } from "./disclosure.ts";

/** Records in the ledger that these texts are on record, published or as reported, before a consent refers to them. */
export async function recordDisclosureStatements(
  ctx: TransactionContext,
  refs: readonly DisclosureRef[],
) {
  if (refs.length === 0) return;
  const { organization } = await loadStatementNames(ctx, []);
  const texts = await loadDisclosureClaims(ctx, refs);
  const statements = refs.map(({ id }, index) => ({
    subjectId: id,
    about: id,
    claims: { organization, disclosure: texts[index], at: ctx.now.toISOString() },
  }));
  await recordStatements(ctx, "disclosure.published", statements);
}

/** Claim about a text that was shown. `sha256` is the hash of the UTF-8 text, in hex. */
const DisclosureClaim = DisclosureRef.extend({ language: z.string(), sha256: z.string() });
type DisclosureClaim = z.infer<typeof DisclosureClaim>;

/**
 * Loads what statements say about each text, in the order of `refs`. An entry is undefined where there is
 * no text.
 */
export async function loadDisclosureClaims(
  { db, organizationId }: TransactionContext,
  refs: readonly (DisclosureRef | null)[],
): Promise<(DisclosureClaim | undefined)[]> {
  const asked = refs.map((ref) => ({ id: ref?.id, version: ref?.version }));
  const rows = await selectRows(
    { db },
    DisclosureClaim.extend({ index: z.int() }),
    sql`
    SELECT asked.index, disclosure.id, disclosure.version, language,
      encode(sha256, 'hex') AS sha256
    FROM ${toTable(asked, { id: "uuid", version: "int" })} AS asked
    JOIN disclosure ON organization_id = ${organizationId}::uuid
      AND disclosure.id = asked.id AND disclosure.version = asked.version`,
  );
  const claims = new Map(rows.map(({ index, ...claim }) => [index, claim]));
  return refs.map((_, index) => claims.get(index));
}
