import { anOrganization, openTestDb } from "@ringfence/db/testing";
import { readCaptureForm, requestFormCheck } from "@ringfence/services/consents/capture-form";
import { findChromium } from "@ringfence/services/consents/form-check";
import { openFiles } from "@ringfence/services/platform/files";
import { listRuns } from "@ringfence/services/platform/run";
import { aDraftForm } from "@ringfence/services/testing/forms";
import { serveForms } from "@ringfence/services/testing/form-pages";
import { expect, it, onTestFinished } from "vitest";
import { aFolder } from "../../../testing/folder.ts";
import { noMessages } from "../../../testing/no-messages.ts";
import { someKeys } from "../../../testing/registry.ts";
import { runFormCheck } from "./consents-jobs.ts";

const db = await openTestDb();

/** A form whose page is served on this machine, a requested check, and a worker. */
async function scene(page: string, chromium = findChromium(process.env)) {
  const { host, close } = await serveForms();
  onTestFinished(close);
  const organizationId = await anOrganization(db);
  const actor = { type: "member", id: "ada", role: "officer", sellerIds: [] } as const;
  const keys = someKeys();
  const ctx = { db, keys, organizationId, actor };
  const url = `http://${host}/${page}`;
  const { id } = await aDraftForm(ctx, { url, jurisdictions: ["GB"], callLanguage: "ru" });
  const { runId } = await requestFormCheck(ctx, id);
  const sources = { registriesFolder: null, privateHosts: [host], chromium };
  const files = openFiles(await aFolder());
  const signal = new AbortController().signal;
  await runFormCheck.perform(
    { organizationId, runId },
    { db, keys, files, sources, worker: "a", signal, ...noMessages },
  );
  const { runs } = await listRuns(ctx, { job: "form.check", subjectId: id, limit: 1 });
  return { run: runs[0], form: await readCaptureForm(ctx, id) };
}

it("opens the page, and saves the finding of each check", async () => {
  const { run, form } = await scene("en-bundled");
  expect(run).toMatchObject({ status: "done", outcome: { checks: 34 } });
  const findResult = (check: string) =>
    form.checks?.find((it) => it.check === check)?.finding.result;
  expect(findResult("apart-from-terms")).toBe("fail");
  expect(findResult("one-language")).toBe("fail"); // calls are made in Russian, consent is asked in English
});

it("records in the run why the page could not be opened", async () => {
  const { run, form } = await scene("no-such-page");
  expect(run).toMatchObject({ status: "failed", error: { key: expect.stringMatching(/^form/) } });
  expect(form.checks).toBeNull();
});

it("reports that there is no browser", async () => {
  const { run } = await scene("en-bundled", null);
  expect(run).toMatchObject({ status: "failed", error: { key: "form.no-browser" } });
});
