import { expect, it } from "vitest";
import { rejected } from "./row-outcome.ts";
import { rowSentence } from "./row-sentence.ts";

it("names the field at fault, as it is called in the row", () => {
  const row = rejected(3, { key: "fault.missing" }, "/phones/0");
  expect(rowSentence("en", row)).toBe("phones.0: This is missing: add it.");
});

it("speaks of the whole row where no field is at fault", () => {
  expect(rowSentence("ru", rejected(3, { key: "contact.unnamed" }))).toMatch(/^Укажите/);
});
