import type { CaptureFormId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { endRun, type RunEnd } from "../../platform/run/end-run.ts";
import { updateClaimed } from "../../platform/run/update-claimed.ts";
import { lockForm } from "./lock-form.ts";

/**
 * Ends the check of a form. False: its page has to be opened again, because the form was changed since, and
 * its results are of no use. Whoever asked for a check meanwhile was answered with this run.
 */
export async function endFormCheck(
  ctx: ServiceContext,
  { id, ...end }: RunEnd & { id: CaptureFormId },
): Promise<boolean> {
  allow(ctx, "capture-form.check");

  return inTransaction(ctx, async (ctx) => {
    const { claim, error } = end;
    const isUnchecked =
      error?.key === "form.unchecked" ||
      (error === null && (await lockForm(ctx, id)).checks === null);
    if (isUnchecked && (await updateClaimed(ctx, claim, { worker: claim.worker }))) return false;
    await endRun(ctx, end);
    return true;
  });
}
