import type { TransactionContext } from "../context.ts";
import { putStatements } from "../statement/put-statements.ts";
import { saidClaims } from "../statement/said-claims.ts";
import { statedWorld } from "../statement/stated-world.ts";
import type { OptOutFound } from "./require-opt-out.ts";

type Correction = {
  id: string;
  replacementId: string | null;
  actor: unknown;
};

/**
 * States of a refusal that two officers corrected it. Whose the right number is, is not told to whoever
 * has the wrong one: its refusal is named by its id. Nor is why the officer asked: those words tell of
 * the right person, and would outlive their erasure here.
 */
export async function stateCorrected(
  ctx: TransactionContext,
  { id, phoneId, scope, channel, reference }: OptOutFound,
  correction: Correction,
) {
  const world = await statedWorld(ctx, [phoneId]);
  const claims = saidClaims({
    organization: world.organization,
    opt_out: id,
    ...world.phone(phoneId),
    scope: scope.scope,
    seller: scope.scope === "seller" ? world.seller(scope.sellerId) : undefined,
    purposes: scope.scope === "purpose" ? [scope.purpose] : undefined,
    channel,
    at: ctx.now.toISOString(),
    reference,
    reason: "wrong_number",
    proposed_by: correction.actor,
    replaced_by: correction.replacementId,
  });
  await putStatements(ctx, "opt-out.corrected", [
    { subjectId: phoneId, about: correction.id, claims },
  ]);
}
