import { CaptureFormId } from "@ringfence/core/ids";
import { checkCaptureForm, endFormCheck } from "@ringfence/services/consents/capture-form";
import { noChromium, renderForm } from "@ringfence/services/consents/form-check";
import { defineRun } from "../platform/define-run.ts";
import { RunFault } from "../platform/run-fault.ts";

/** Checks the page of a form in a browser. It submits nothing there. */
export const runFormCheck = defineRun("form.check", async ({ ctx, subjectId, sources, endBy }) => {
  const id = CaptureFormId.parse(subjectId);
  endBy((end) => endFormCheck(ctx, { id, ...end }));
  const { chromium: executablePath } = sources;
  if (!executablePath) throw new RunFault({ key: "form.no-browser" }, { cause: noChromium });
  const host = {
    executablePath,
    privateHosts: sources.privateHosts,
  };
  const renderPage = async (url: string) => {
    const rendered = await renderForm(host, { url, maySend: false });
    if (rendered.outcome === "failed") throw new RunFault(rendered.fault);
    return rendered.form;
  };
  const results = await checkCaptureForm({ ...ctx, renderForm: renderPage }, id);
  return { checks: results.length };
});
