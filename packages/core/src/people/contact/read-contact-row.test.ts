import { expect, it } from "vitest";
import { readContactRow } from "./read-contact-row.ts";

const [first, second] = ["+12015550100", "+12015550101"];
const phones = (sent: object) => {
  const read = readContactRow(1, sent, "US");
  return read.status === "read" ? read.phones : read.path;
};

it("takes one number by itself, several, or both", () => {
  expect(phones({ phone: "(201) 555-0100" })).toEqual([first]);
  expect(phones({ phone: 12015550100, phones: [second] })).toEqual([first, second]);
  expect(phones({ externalId: "7", phone: " " })).toEqual([]);
  expect(phones({ externalId: "7", phone: null })).toEqual([]);
});

it("says which one is no number", () => {
  expect(phones({ phone: "call me", phones: [second] })).toBe("/phone");
  expect(phones({ phone: first, phones: [second, "call me"] })).toBe("/phones/1");
});
