import { expect, it } from "vitest";
import { lawDocument } from "./law-document.ts";
import { findLawFaults } from "./law-update.ts";
import { LawDocument, bundledRuleBook } from "./rule-book.ts";

it("finds nothing wrong with the law of the program", () => {
  expect(findLawFaults(bundledRuleBook)).toEqual([]);
});

it("finds a place that lies in itself", () => {
  const states = bundledRuleBook.jurisdictions;
  const country = states.get("US");
  if (country === undefined) throw new Error("no such place");
  const jurisdictions = new Map([...states, ["US", { ...country, parent: "US-FL" }] as const]);
  expect(findLawFaults({ ...bundledRuleBook, jurisdictions })).toEqual([
    "Place US: by its parent US-FL it lies in itself. Correct the parent.",
    "Place US-FL: by its parent US it lies in itself. Correct the parent.",
  ]);
});

it("finds a list of refusals that another rule would turn into a list of permissions", () => {
  const allow = bundledRuleBook.rules.find(
    (rule) => rule.type === "registry_scrub" && rule.value.polarity === "allow",
  );
  if (allow?.type !== "registry_scrub") throw new Error("no allow list");
  const added = { ...allow, id: "GB.test", value: { ...allow.value, registry: "GB-TPS" } };
  const faults = findLawFaults({ ...bundledRuleBook, rules: [...bundledRuleBook.rules, added] });
  expect(faults.join("\n")).toContain("registry GB-TPS is an allow list by another rule");
});

it("reads no law in which two places have the same id", () => {
  const [first] = lawDocument.jurisdictions;
  const twice = { ...lawDocument, jurisdictions: [...lawDocument.jurisdictions, first] };
  expect(LawDocument.safeParse(twice).error?.message).toContain("Two places have the same id");
});
