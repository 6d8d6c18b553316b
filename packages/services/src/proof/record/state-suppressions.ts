import type { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import type { TransactionContext } from "../../platform/context.ts";
import { authenticateSuppressions } from "./authenticate-suppressions.ts";
import { putStatements } from "../statement/put-statements.ts";
import { saidClaims } from "../statement/said-claims.ts";
import { statedWorld } from "../statement/stated-world.ts";

type Stated = {
  id: string;
  phoneId: string;
  reason: SuppressionReason;
  at: Date;
  until: Date | null;
};

/**
 * States when suppressions begin and end, and adds their MACs, without which a screening does not accept that
 * one has ended. Each suppression is a subject of its own and names its phone by id, so that nothing in it is
 * personal.
 */
export async function stateSuppressions(
  ctx: TransactionContext,
  kind: "suppression.recorded" | "suppression.ended",
  suppressions: readonly Stated[],
) {
  if (suppressions.length === 0) return;
  const { organization } = await statedWorld(ctx, []);
  const statements = suppressions.map(({ id, phoneId, reason, at, until }) => ({
    subjectId: id,
    about: id,
    claims: saidClaims({
      organization,
      suppression: id,
      subjects: [phoneId],
      reason,
      at: at.toISOString(),
      valid_until: until?.toISOString(),
    }),
  }));
  await putStatements(ctx, kind, statements);
  await authenticateSuppressions(
    ctx,
    suppressions.map(({ id }) => id),
  );
}
