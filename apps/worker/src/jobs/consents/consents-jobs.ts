import { CaptureFormId } from "@ringfence/core/ids";
import { checkCaptureForm, endFormCheck } from "@ringfence/services/consents/capture-form";
import {
  requeueConfirmations,
  sendConfirmation as send,
  sendConfirmationJob,
} from "@ringfence/services/consents/confirmation";
import { noChromium, renderForm } from "@ringfence/services/consents/form-check";
import { defineSweep, performJob } from "../platform/define-job.ts";
import { defineRun } from "../platform/define-run.ts";
import { RunFault } from "../platform/run-fault.ts";

/** Checks the page of a form in a browser, again if the form has changed meanwhile. It submits nothing there. */
export const runFormCheck = defineRun("form.check", async ({ ctx, subjectId, sources, endBy }) => {
  const formId = CaptureFormId.parse(subjectId);
  endBy((end) => endFormCheck(ctx, { formId, ...end }));
  const { chromium: executablePath } = sources;
  if (!executablePath) throw new RunFault({ key: "form.no-browser" }, { cause: noChromium });
  const host = { executablePath, privateHosts: sources.privateHosts };
  const renderPage = async (url: string) => {
    const rendered = await renderForm(host, { url, maySend: false });
    if (rendered.outcome === "failed") throw new RunFault(rendered.fault);
    return rendered.form;
  };
  const results = await checkCaptureForm({ ...ctx, renderForm: renderPage }, formId);
  return { checks: results.length };
});

/** Sends the message of a confirmation, and retries if the provider rejects it. */
export const sendConfirmation = performJob(
  sendConfirmationJob,
  (ctx, { confirmationId }, { messageSender, publicUrl }) =>
    send({ ...ctx, messageSender, publicUrl }, confirmationId),
);

/** Queues the messages of confirmations again that were due a minute ago and were not sent. */
export const sweepConfirmations = defineSweep(
  { name: "confirmation.sweep", cron: "* * * * *", lane: "express" },
  ({ db }) => requeueConfirmations(db),
);
