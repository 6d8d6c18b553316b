import { bundledRuleBook } from "../../people/jurisdiction/index.ts";
import { expect, it } from "vitest";
import { findLabelFault } from "./call-label.ts";

const fault = (label: string, labelContract = "No. 7 of 2026-01-05", country = "RU") =>
  findLabelFault(bundledRuleBook, { label, labelContract }, country);

it("accepts a label of up to 32 letters and digits with a contract", () => {
  expect(fault("Банк Пример кредит наличными 24")).toBeNull();
  expect(fault("й".repeat(32))).toBeNull();
});

it.each([
  ["", undefined, "/label", "campaign.label-missing"],
  ["й".repeat(33), undefined, "/label", "campaign.label-long"],
  ["Acme: loans!", undefined, "/label", "campaign.label-characters"],
  ["Acme", "", "/labelContract", "campaign.label-contract"],
])("refuses what Russian law does not take (%j)", (label, contract, path, key) => {
  expect(fault(label, contract)).toMatchObject({ path, message: { key } });
});

it("requires no label where no law does", () => {
  expect(fault("", "", "US")).toBeNull();
});
