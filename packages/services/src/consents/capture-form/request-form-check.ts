import { command } from "../../platform/verb.ts";
import { CaptureFormSettings } from "@ringfence/core/consents/capture-form";
import { CaptureFormId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { type StartedRun, startRun } from "../../platform/run/start-run.ts";
import { lockForm } from "./lock-form.ts";

/** Has the page of a draft checked now. While it is being checked, that run is the answer. */
export const requestFormCheck = command({
  name: "requestFormCheck",
  action: "capture-form.change",
  input: CaptureFormId,
  run: async (ctx, id): Promise<StartedRun> => {
    const { draft } = await lockForm(ctx, id);
    if (CaptureFormSettings.parse(draft).url === undefined) {
      throw new ServiceError("invalid", { key: "form.no-page" }, "/settings/url");
    }
    const run = await startRun(ctx, "form.check", id);
    if (run.isNew) await appendAudit(ctx, "capture-form.change", { formId: id, runId: run.runId });
    return run;
  },
  audit: "by run",
});
