import type { TransactionContext } from "../context.ts";
import { putStatements } from "../statement/put-statements.ts";
import { saidClaims } from "../statement/said-claims.ts";
import { statedWorld } from "../statement/stated-world.ts";
import { claimedOptOut } from "./claimed-opt-out.ts";
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
  optOut: OptOutFound,
  correction: Correction,
) {
  const { phoneId } = optOut;
  const claims = saidClaims({
    ...claimedOptOut(await statedWorld(ctx, [phoneId]), optOut),
    at: ctx.now.toISOString(),
    reason: "wrong_number",
    proposed_by: correction.actor,
    replaced_by: correction.replacementId,
  });
  await putStatements(ctx, "opt-out.corrected", [
    { subjectId: phoneId, about: correction.id, claims },
  ]);
}
