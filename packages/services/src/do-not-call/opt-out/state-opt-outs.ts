import type { TransactionContext } from "../../platform/context.ts";
import { putStatements } from "../../proof/statement/put-statements.ts";
import { saidClaims } from "../../proof/statement/said-claims.ts";
import { statedWorld } from "../../proof/statement/stated-world.ts";
import { claimedOptOut } from "./claimed-opt-out.ts";
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
  const statements = optOuts.map((optOut) => ({
    subjectId: optOut.phoneId,
    about: optOut.id,
    claims: saidClaims({
      ...claimedOptOut(world, optOut),
      at: optOut.at.toISOString(),
      note: optOut.note || undefined,
      recording: optOut.recording || undefined,
    }),
  }));
  await putStatements(ctx, "opt-out.recorded", statements);
}
