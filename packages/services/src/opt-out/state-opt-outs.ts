import type { TransactionContext } from "../context.ts";
import { putStatements } from "../statement/put-statements.ts";
import { saidClaims } from "../statement/said-claims.ts";
import { statedWorld } from "../statement/stated-world.ts";
import type { OptOutOnRecord } from "./find-repeated.ts";
import type { NewOptOut } from "./new-opt-out.ts";

/** States that people refuse calls: what they are given as a receipt. */
export async function stateOptOuts(
  ctx: TransactionContext,
  optOuts: readonly (NewOptOut & OptOutOnRecord)[],
) {
  const world = await statedWorld(
    ctx,
    optOuts.map(({ phoneId }) => phoneId),
  );
  const statements = optOuts.map(({ id, phoneId, scope, channel, at, ...said }) => ({
    subjectId: phoneId,
    about: id,
    claims: saidClaims({
      organization: world.organization,
      opt_out: id,
      ...world.phone(phoneId),
      scope: scope.scope,
      seller: scope.scope === "seller" ? world.seller(scope.sellerId) : undefined,
      purposes: scope.scope === "purpose" ? [scope.purpose] : undefined,
      channel,
      at: at.toISOString(),
      reference: said.reference,
      note: said.note || undefined,
      recording: said.recording || undefined,
    }),
  }));
  await putStatements(ctx, "opt-out.recorded", statements);
}
