import { expect, it } from "vitest";
import { lawDocument } from "./law-document.ts";
import { listCoverage } from "./coverage.ts";
import { LawDocument, bundledRuleBook, toRuleBook } from "./rule-book.ts";

const today = ["2026-11-30"];
const find = (country: string, book = bundledRuleBook, dates = today) =>
  listCoverage(book, dates).find((one) => one.country === country);

it("counts a state's rules in its country, and a union's rules in each member country", () => {
  const [us, fr] = [find("US"), find("FR")];
  expect(us?.parts).toContain("US-FL");
  const own = (id: string) =>
    listCoverage(
      { ...bundledRuleBook, jurisdictions: new Map([[id, { name: id, parent: null }]]) },
      today,
    )[0]?.marks.A ?? 0;
  expect(us?.marks.A).toBeGreaterThan(own("US"));
  expect(fr?.marks.A).toBe(own("FR") + own("EU"));
  expect(find("EU")).toBeUndefined();
  expect(find("US-FL")).toBeUndefined();
});

it("takes the weakest mark, even if only one rule is from memory", () => {
  const law = LawDocument.parse(lawDocument);
  const book = (confidence: "A" | "C") =>
    toRuleBook({
      ...law,
      jurisdictions: law.jurisdictions.map((place) =>
        place.id === "CH"
          ? {
              ...place,
              rules: place.rules.map((rule) =>
                rule.rule_id === "CH.model" ? { ...rule, confidence } : rule,
              ),
            }
          : place,
      ),
    });
  expect(find("CH", book("A"))?.weakest).toBe("A");
  expect(find("CH", book("C"))).toMatchObject({ weakest: "C", marks: { C: 1 } });
});

it("counts a rule only while it is in force", () => {
  const marksOn = (date: string) => find("FR", bundledRuleBook, [date])?.marks;
  const { A, B, C } = marksOn("2026-11-30") ?? { A: 0, B: 0, C: 0 };
  const ancient = marksOn("1900-01-01") ?? { A: 0, B: 0, C: 0 };
  expect(ancient.A + ancient.B + ancient.C).toBeLessThan(A + B + C);
});
