import {
  chainClaims,
  type ClaimName,
  readStatement,
  showClaims,
} from "@ringfence/core/proof/ledger";
import type { TransactionContext } from "../../platform/context.ts";
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
/** Claims shown of the end of another consent: its id, so that it is not taken for an end of this one. */
const otherEndClaims: readonly ClaimName[] = [...chainClaims, "kind", "consent"];
/**
 * Claims shown of everything else: its kind, because a statement with a hidden kind could be a withdrawal.
 */
const otherClaims: readonly ClaimName[] = [...chainClaims, "kind"];

/**
 * Opens what was stated about the same subject since, each with its position in the chain and its kind.
 * Statements about the same consent are shown in full, opt-outs in short, all others only by kind. Returns
 * nothing once the chain was erased.
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
  return showClaims(statement, selectClaims(one));
}

function selectClaims({ kind }: StatementOnRecord): readonly ClaimName[] {
  if (kind.startsWith("opt-out.")) return ofRefusals;
  const isEnd = kind === "consent.withdrawn" || kind === "consent.invalidated";
  return isEnd ? otherEndClaims : otherClaims;
}
