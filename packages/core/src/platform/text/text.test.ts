import { expect, it } from "vitest";
import { Name, removeHidden, toKey } from "./text.ts";

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

it.each([
  ["an override of direction", "gnp.\u202Etxet"],
  ["an isolate", "\u2066Ada\u2069"],
  ["a line break", "Ada\nEve"],
  ["a control character", "Ada\u0007"],
  ["a space without width", "Ad\u200Ba"],
  ["a letter without a shape", "\u3164Ada"],
  ["a separator of paragraphs", "Ada\u2029Eve"],
])("refuses a name with %s", (_, name) => {
  expect(Name.safeParse(name).error?.issues).toMatchObject([{ message: "fault.hidden-character" }]);
  expect(Name.safeParse(removeHidden(name)).success).toBe(true);
});

it("keeps words apart where a line ended", () => {
  expect(removeHidden("Ada\tLovelace\r\n\u200B")).toBe("Ada Lovelace");
});

it.each([
  "نور الدين",
  "א. ב. כהן\u200F",
  "Ада Ловлас",
  "می\u200Cخواهم",
  "👩\u200D⚖️ Ada",
  "Ада, Inc.\u200E",
])("takes the name %s as it is", (name) => {
  expect(Name.parse(name)).toBe(name);
  expect(removeHidden(name)).toBe(name);
});
