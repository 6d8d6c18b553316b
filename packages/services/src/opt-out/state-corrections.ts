import type { TransactionContext } from "../context.ts";
import { authenticateCorrections } from "../record/authenticate-corrections.ts";
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

export type Corrected = { optOut: OptOutFound; correction: Correction };

/**
 * States of refusals that two officers corrected them: entered for a wrong number, or part of a flood. Whose
 * the right number is, is not told to whoever has the wrong one: its refusal is named by its id. Nor is why
 * the officer asked: those words tell of the right person, and would outlive their erasure here. Their answers
 * are on record, and get their MACs: until then the corrections lift nothing.
 */
export async function stateCorrections(
  ctx: TransactionContext,
  corrected: readonly Corrected[],
  reason: "wrong_number" | "flood",
) {
  const world = await statedWorld(
    ctx,
    corrected.map(({ optOut }) => optOut.phoneId),
  );
  const statements = corrected.map(({ optOut, correction }) => ({
    subjectId: optOut.phoneId,
    about: correction.id,
    claims: saidClaims({
      ...claimedOptOut(world, optOut),
      at: ctx.now.toISOString(),
      reason,
      proposed_by: correction.actor,
      replaced_by: correction.replacementId,
    }),
  }));
  await putStatements(ctx, "opt-out.corrected", statements);
  await authenticateCorrections(
    ctx,
    corrected.map(({ correction }) => correction.id),
  );
}
