// `pnpm check-form <url> …`: opens a page and reports where its consent form may be published, and
// what stands in the way.
import { writeFileSync } from "node:fs";
import { checkForm, summarizeChecks } from "@ringfence/core/consents/form-check";
import { bundledRuleBook } from "@ringfence/core/people/jurisdiction";
import { say } from "@ringfence/core/platform/message";
import { allPrivateHosts, readHostLocale, readSettings } from "@ringfence/core/platform/settings";
import { findChromium, noChromium, renderForm } from "@ringfence/services/consents/form-check";
import { type Options, readOptions, UsageError } from "./check-form/read-options.ts";
import { report } from "./check-form/report.ts";

const COULD_NOT_LOOK = 2;
const locale = readHostLocale(process.env);

async function run({ url, context, maySend, isJson, language, picture }: Options) {
  const settings = readSettings(["CHROMIUM", "RINGFENCE_PRIVATE_HOSTS"], process.env);
  if (!settings.ok) throw new UsageError(settings.faults.map((it) => say(locale, it)).join("\n"));
  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new UsageError(noChromium);

  const { withdrawalUrl } = context;
  const rendered = await renderForm(
    {
      executablePath,
      privateHosts: allPrivateHosts(settings.settings.RINGFENCE_PRIVATE_HOSTS),
    },
    { url, maySend, ...(withdrawalUrl !== undefined && { withdrawalUrl }) },
  );
  if (rendered.outcome === "failed") throw new UsageError(say(language, rendered.fault));

  const { form } = rendered;
  const results = checkForm(form, context, bundledRuleBook);
  const summary = summarizeChecks({ results, jurisdictions: context.jurisdictions, answers: [] });
  if (picture !== null && rendered.picture !== null) writeFileSync(picture, rendered.picture);
  console.log(
    isJson
      ? JSON.stringify({ form, results, summary }, null, 2)
      : report(results, summary, language),
  );
  return summary.places.every(({ mayPublish }) => mayPublish) ? 0 : 1;
}

try {
  process.exitCode = await run(readOptions(process.argv.slice(2), locale));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = COULD_NOT_LOOK;
}
