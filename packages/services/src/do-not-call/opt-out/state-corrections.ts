import type { TransactionContext } from "../../platform/context.ts";
import { authenticateCorrections } from "../../proof/record/authenticate-corrections.ts";
import { putStatements } from "../../proof/statement/put-statements.ts";
import { saidClaims } from "../../proof/statement/said-claims.ts";
import { statedWorld } from "../../proof/statement/stated-world.ts";
import { claimedOptOut } from "./claimed-opt-out.ts";
import type { OptOutFound } from "./require-opt-out.ts";

type Correction = {
  id: string;
  replacementId: string | null;
  actor: unknown;
};

export type CorrectedOptOut = { optOut: OptOutFound; correction: Correction };

/**
 * States that two officers corrected opt-outs, which were entered for a wrong number or are part of a flood.
 * The opt-out of the right number is named only by its id, so that the holder of the wrong number does not
 * learn the right one. The officer's reason is not stated either: it describes the right person, and would
 * outlive their erasure here. Call it once the answers are recorded. It adds their MACs, without which
 * corrections lift nothing.
 */
export async function stateCorrections(
  ctx: TransactionContext,
  corrected: readonly CorrectedOptOut[],
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
