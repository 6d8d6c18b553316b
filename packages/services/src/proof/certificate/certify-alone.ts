import {
  chainClaims,
  ClaimName,
  PersonalClaim,
  readStatement,
  showClaims,
} from "@ringfence/core/proof/ledger";
import type { TransactionContext } from "../../platform/context.ts";
import { certify } from "./certify.ts";
import { findStated } from "./find-stated.ts";

/**
 * The certificate of one refusal, or of one consent: its place in the chain of its subject is kept back, and with it what
 * else there is. By mail whose it is and what was said, too: the mailbox may be that of somebody else.
 */
export async function certifyAlone(
  ctx: TransactionContext,
  policy: string,
  id: string,
  { isMailed = false } = {},
) {
  const stated = await findStated(ctx, id);
  const { statement, fault } = readStatement(stated.statement);
  if (fault) throw new Error(`a statement on record does not hold: ${fault.key}`);
  const kept = new Set<ClaimName>([...chainClaims, ...(isMailed ? PersonalClaim.options : [])]);
  const shown = ClaimName.options.filter((claim) => !kept.has(claim));
  return certify(ctx, policy, { ...stated, statement: showClaims(statement, shown) }, []);
}
