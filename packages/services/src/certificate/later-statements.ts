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
/** An end of another consent shows of which, so that it is not taken for an end of this one. */
const ofOtherEnds: readonly ClaimName[] = [...chainClaims, "kind", "consent"];
/** Of all else what it is: one whose kind is hidden could be a withdrawal. */
const ofOthers: readonly ClaimName[] = [...chainClaims, "kind"];

/**
 * What was stated of the same subject since, each with its place in the chain and its kind: what concerns
 * the same consent whole, refusals in short, of all else no more. Nothing once the chain was erased.
 */
export async function laterStatements(
  ctx: TransactionContext,
  first: StatementOnRecord,
): Promise<StatementOnRecord[]> {
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
  return showClaims(statement, claimsShownOf(one));
}

function claimsShownOf({ kind }: StatementOnRecord): readonly ClaimName[] {
  if (kind.startsWith("opt-out.")) return ofRefusals;
  const isEnd = kind === "consent.withdrawn" || kind === "consent.invalidated";
  return isEnd ? ofOtherEnds : ofOthers;
}
