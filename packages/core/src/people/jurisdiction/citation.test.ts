import { expect, it } from "vitest";
import { namesArticle } from "./citation.ts";
import { bundledRuleBook } from "./rule-book.ts";

it.each([
  ["Fla. Stat. 501.616(6)(a)", true],
  ["UWG § 7(2) no. 1", true],
  ["WER art. VI.110 §1", true],
  ["C. conso L.223-1, al. 5", true],
  ["PECR 2003 reg. 31 and Sch. 1", true],
  ["N.Y. GBL 399-z(2)", true],
  ["LPSC General Order R-29617, V(A)(12)(b)", true],
  ["CRTC UTR Part II", true],
  ["Cabinet Resolution 56 of 2024", false],
  ["RBI circular on recovery agents, 2022-08-12", false],
  ["TCCCPR 2018 (6 of 2018), as amended", false],
  ["Ley 10/2025", false],
])("%s names an article: %s", (citation, expected) => {
  expect(namesArticle(citation)).toBe(expected);
});

it("says of every rule whose citation names no article what would settle it", () => {
  // Rules that say that the law has no such provision.
  const isAbsence = (citation: string) =>
    /^(none found|no provision found in .*|—)$/.test(citation);
  const unsettled = bundledRuleBook.rules.filter(
    ({ citation, wouldSettle }) =>
      !namesArticle(citation) && !isAbsence(citation) && wouldSettle === undefined,
  );
  expect(unsettled.map(({ id }) => id)).toEqual([]);
});
