import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { CaptureFormId } from "@ringfence/core/ids";
import { type RunEnd, endRun, updateClaimed } from "../../platform/run/perform-run.ts";
import { lockForm } from "./lock-form.ts";

/**
 * Ends the check of a form. False: its page has to be opened again, because the form was changed since, and
 * its results are of no use. Whoever asked for a check meanwhile was answered with this run.
 */
export const endFormCheck = command({
  name: "endFormCheck",
  action: "capture-form.check",
  input: z.custom<RunEnd & { id: CaptureFormId }>(),
  run: async (ctx, { id, ...end }): Promise<boolean> => {
    const { claim, error } = end;
    const isUnchecked =
      error?.key === "form.unchecked" ||
      (error === null && (await lockForm(ctx, id)).checks === null);
    if (isUnchecked && (await updateClaimed(ctx, claim, { worker: claim.worker }))) return false;
    await endRun(ctx, end);
    return true;
  },
  audit: "by run",
});
