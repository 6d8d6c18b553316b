import type { OptOutId } from "@ringfence/core/ids";
import { chainClaims, ClaimName, readStatement, showClaims } from "@ringfence/core/ledger";
import type { TransactionContext } from "../context.ts";
import { certify } from "./certify.ts";
import { findStated } from "./find-stated.ts";

/** The certificate of one refusal: its place in the chain of its subject is kept back, and with it what else there is. */
export async function certifyAlone(ctx: TransactionContext, policy: string, id: OptOutId) {
  const stated = await findStated(ctx, id);
  const { statement, fault } = readStatement(stated.statement);
  if (fault) throw new Error(`a statement on record does not hold: ${fault.key}`);
  const shown = ClaimName.options.filter((claim) => !chainClaims.includes(claim));
  return certify(ctx, policy, { ...stated, statement: showClaims(statement, shown) }, []);
}
