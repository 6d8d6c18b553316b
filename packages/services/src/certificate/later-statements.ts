import { chainClaims, type ClaimName, readStatement, showClaims } from "@ringfence/core/ledger";
import type { TransactionContext } from "../context.ts";
import { openStatements, type StatementOnRecord } from "../statement/open-statements.ts";

/** What a refusal shows beside a consent: that, when and for what, and not what was said beside it. */
const ofRefusals: readonly ClaimName[] = [
  ...chainClaims,
  "kind",
  "opt_out",
  "scope",
  "seller",
  "purposes",
  "channel",
  "at",
  "reference",
];

/**
 * What was stated of the same subject since, each with its place in the chain: what concerns the same
 * consent whole, refusals in short, and of all else only that it is there. Nothing once the chain was
 * erased.
 */
export async function laterStatements(
  ctx: TransactionContext,
  first: StatementOnRecord,
): Promise<StatementOnRecord[]> {
  if (first.claims.sequence === undefined) return [];
  const all = await openStatements(ctx, { subjects: [first.subjectId] });
  return all
    .filter(({ sequence }) => sequence > first.sequence)
    .map((one) => ({ ...one, statement: shownOf(one, first) }));
}

function shownOf(one: StatementOnRecord, first: StatementOnRecord): string {
  const isSame = first.claims.consent !== undefined && one.claims.consent === first.claims.consent;
  if (isSame) return one.statement;
  const { statement, fault } = readStatement(one.statement);
  if (fault) throw new Error(`a statement on record does not hold: ${fault.key}`);
  return showClaims(statement, one.kind.startsWith("opt-out.") ? ofRefusals : chainClaims);
}
