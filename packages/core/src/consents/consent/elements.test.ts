import { expect, it } from "vitest";
import { bundledRuleBook } from "../../people/jurisdiction/index.ts";
import { say } from "../../platform/message/index.ts";
import { Element } from "./consent.ts";

const required = bundledRuleBook.rules.flatMap((rule) =>
  rule.type === "consent_elements" ? rule.value.required_elements : [],
);
/** Rules about enquiries ask for it, though none requires it. */
const asked = [...required, "enquiry"];

it("contains exactly the elements that rules ask for", () => {
  expect(Element.options.toSorted()).toEqual([...new Set(asked)].toSorted());
});

it.each(["en", "ru"] as const)("has words for each (%s)", (locale) => {
  const said = (element: string) =>
    say(locale, {
      key: "refusal.consent-insufficient",
      values: { element, others: 0, mark: "A" },
    });
  const names = ["written_form", ...Element.options];
  const wordless = names.filter((name) => said(name) === said("other").replace("other", name));
  expect(wordless).toEqual([]);
});
