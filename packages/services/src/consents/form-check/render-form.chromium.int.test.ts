import { CheckId, checkForm, summarizeChecks } from "@ringfence/core/consents/form-check";
import { bundledRuleBook } from "@ringfence/core/people/jurisdiction";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumOfTests } from "../../../testing/chromium-of-tests.ts";
import { type FormName, getFormContext, formNames } from "../../../testing/form-contexts.ts";
import { serveForms } from "../../../testing/form-pages.ts";
import { renderForm } from "./render-form.ts";

/** Outcomes by check, in the order of `form-contexts.ts`: P passes, F fails, ? cannot tell, - is not asked. */
const expected: Record<CheckId, string> = {
  "not-pre-ticked": "P P F F P ? P P P P P P F P P",
  "positive-act": "P - P - P F P P P P P P - P P",
  "apart-from-terms": "P - P - F P P P P P P P F P P",
  "data-consent-apart": "- - - - - - - - - - - P F F ?",
  "one-purpose-a-box": "P - P - F ? P P P P P P - P P",
  "telephone-named": "P - P - P F P P P P P P F P P",
  "seller-named": "P P P P P F P P F ? P P F F P",
  "no-open-list": "P P P P F F P P P ? P P - P P",
  "purpose-named": "P P P P P P P P F P P P P P P",
  "products-and-period": "P - P - - - - - - F - P - - F",
  "not-a-condition-said": "- P - F - F - F - - - - - - -",
  "goes-through-empty": "P P P F F P F ? P P P P - P P",
  "automatic-calls-said": "- P - F - F - F - - - - - - -",
  "number-typed": "P P F P F P P P P P P P P P P",
  signed: "- P - ? - F - F - - - - - - -",
  "withdrawal-said": "P P F P F F P F F P P P F P F",
  "withdrawal-as-easy": "P P ? F ? ? F ? ? ? P P - F ?",
  "refusal-as-easy": "- - - - - - F - - - P - - - -",
  "no-dark-pattern": "P P P F P P F P P P P P P P P",
  "plain-language": "P P P F P P P P P P P P F P F",
  "beside-the-box": "P P P P P P P F P P P P P P P",
  contrast: "P P P P P F P F P P P P P P P",
  "text-size": "P P P P P F P P P P P P P P P",
  "target-size": "P P P P P ? P P F P P P P P P",
  "in-sight": "P P P P P P P F P P P P P P P",
  "one-language": "P P P F ? P P P P P P P P P F",
  "privacy-notice": "P - P - F F P P P F P P F P P",
  "text-as-stored": "P F ? ? ? ? ? ? ? ? ? P ? ? ?",
  "evidence-captured": "P P F ? ? ? P P P P P P P P P",
  "number-verified": "P P P F ? ? P P P P P P P P P",
  "not-reused": "P P P F ? ? P P P P P P P P P",
  "age-asked": "- P F - ? - - - - ? - - - - -",
  "spoken-in-full": "- P - F - - - - - - - - - - F",
  "objection-in-call": "P P - F - - - ? - ? - P - - F",
};

const signs = { pass: "P", fail: "F", "cannot-tell": "?", "not-applicable": "-" };

let forms: Awaited<ReturnType<typeof serveForms>>;
beforeAll(async () => {
  forms = await serveForms();
});
afterAll(() => forms.close());

/** Each page is opened once, and the result serves all tests. */
const judged = new Map<FormName, ReturnType<typeof lookAt>>();
function judge(name: FormName) {
  const result = judged.get(name) ?? lookAt(name);
  judged.set(name, result);
  return result;
}

async function lookAt(name: FormName) {
  const request = { url: `http://${forms.host}/${name}`, maySend: true };
  const rendered = await renderForm(chromiumOfTests(forms.host), request);
  if (rendered.outcome === "failed") throw new Error(rendered.fault.key);
  const context = getFormContext(name);
  const results = checkForm(rendered.form, context, bundledRuleBook);
  const faults = results.flatMap(({ finding }) =>
    finding.result === "fail" ? finding.faults.map(({ message }) => message) : [],
  );
  const { places } = summarizeChecks({
    results,
    jurisdictions: context.jurisdictions,
    answers: [],
  });
  return { results, faults, places, picture: rendered.picture };
}

describe.concurrent("every check on every page", { timeout: 180_000 }, () => {
  it.each(formNames)("%s", async (name) => {
    const { results, picture } = await judge(name);
    const column = formNames.indexOf(name);
    expect(results.map(({ check, finding }) => `${check} ${signs[finding.result]}`)).toEqual(
      CheckId.options.map((check) => `${check} ${expected[check].split(" ")[column]}`),
    );
    // A picture, in PNG, of what asks for consent.
    expect(Buffer.from(picture?.slice(1, 4) ?? []).toString()).toBe("PNG");
  });
});

it("has pages on which each check passes, and others on which it fails", () => {
  expect(CheckId.options.filter((check) => !/P.*F|F.*P/.test(expected[check]))).toEqual([]);
  expect(formNames.length).toBeGreaterThanOrEqual(12);
});

const bundled = (start: RegExp) => ({
  key: "form-check.apart-from-terms.bundled",
  values: { sentence: expect.stringMatching(start) },
});

describe.concurrent("results for", { timeout: 180_000 }, () => {
  it("a box that is ticked beforehand: which, and that it may be published nowhere", async () => {
    const { faults, places, results } = await judge("en-pre-ticked");
    expect(faults).toContainEqual({
      key: "form-check.not-pre-ticked.page",
      values: { label: expect.stringMatching(/^I agree that Example Windows LLC calls me/) },
    });
    expect(places.map(({ mayPublish }) => mayPublish)).toEqual([false, false]);
    expect(results[0]?.finding.evidence).toMatchObject([
      {
        selector: "html > body > form > label:nth-of-type(2) > input",
        values: { atFirst: true, onLoad: true },
      },
    ]);
  });

  it("consent that is bundled with terms: the sentence, in English and in Russian", async () => {
    const [english, russian] = await Promise.all([judge("en-bundled"), judge("ru-mixed")]);
    expect(english.faults).toContainEqual(bundled(/^I accept the terms and conditions/));
    expect(russian.faults).toContainEqual(bundled(/^Принимаю условия оферты/));
    expect(russian.places.flatMap(({ blockedBy }) => blockedBy)).toContain("apart-from-terms");
  });

  it("a seller that is not named: who ought to be", async () => {
    const { faults, places } = await judge("ru-no-seller");
    expect(faults).toContainEqual({
      key: "form-check.seller-named.missing",
      values: { legalName: "ООО «Ромашка»" },
    });
    expect(places.flatMap(({ blockedBy }) => blockedBy)).toContain("seller-named");
  });

  it.each(["en-good", "ru-good"] as const)(
    "%s: that it may be published, and nothing to ask",
    async (name) => {
      const free = { mayPublish: true, blockedBy: [], openQuestions: [], warnings: [] };
      const { jurisdictions } = getFormContext(name);
      expect((await judge(name)).places).toEqual(
        jurisdictions.map((jurisdiction) => ({ jurisdiction, ...free })),
      );
    },
  );
});
