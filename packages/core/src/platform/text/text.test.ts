import { expect, it } from "vitest";
import { toKey } from "./text.ts";

it.each([
  ["Example Bank, N.A.", "example-bank-n-a"],
  ["Банк «Север»", "bank-sever"],
  ["Живой щёголь", "zhivoi-shchegol"],
  ["Crédit Çà et Là", "credit-ca-et-la"],
  ["Straße & Łódź", "strasse-lodz"],
  ["O’Neill's", "oneills"],
  ["  24/7  ", "24-7"],
  ["日本生命", ""],
  ["a".repeat(39) + " b", "a".repeat(39)],
])("of “%s” makes “%s”", (name, key) => {
  expect(toKey(name)).toBe(key);
});
