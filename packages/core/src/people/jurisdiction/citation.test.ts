import { expect, it } from "vitest";
import { namesArticle } from "./citation.ts";
import { bundledRuleBook } from "./rule-book.ts";
import { mayRefuse } from "./rule-decisions.ts";

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
  ["TCCCPR 2018, Schedule II, item 3(1), Note 1", true],
  ["RBI circular 108 of 2022-08-12 on recovery agents", false],
  ["Ley 10/2025", false],
  ["the Code in Gazzetta Ufficiale 73/2024", false],
])("%s names an article: %s", (citation, expected) => {
  expect(namesArticle(citation)).toBe(expected);
});

/**
 * Rules that may refuse a call and whose article was not found, and why. Remove a rule once its article is found.
 */
const withoutArticle: Readonly<Record<string, string>> = {
  "IT.hours": "a code of conduct, of which only art. 10(1) to (3) was read, which names no hours",
  "IT.hours.eves": "the same code as IT.hours",
  "IN.consent.validity": "a definition in reg. 2 of the TCCCPR, whose letter was not found",
  "IN.consent.enquiry":
    "an amendment of 2026, of which only the regulator's press release was read",
  "MX.scrub.reus": "art. 8 of the law on users of financial services is known from memory only",
  "SA.hours":
    "an annex to CST decision 469; only the decision itself was read, and of the annex no point on times",
  "SA.hours.ramadan.2025": "the same annex as SA.hours",
  "SA.hours.ramadan.2026": "the same annex as SA.hours",
  "SA.hours.ramadan.2027": "the same annex as SA.hours",
  "SA.hours.ramadan.2028": "the same annex as SA.hours",
  "SA.hours.ramadan.2029": "the same annex as SA.hours",
};

const refusing = bundledRuleBook.rules.filter(mayRefuse);

it("names an article for every rule that may refuse a call, except the listed ones", () => {
  const unnamed = refusing.filter(({ citation }) => !namesArticle(citation)).map(({ id }) => id);
  expect(new Set(unnamed)).toEqual(new Set(Object.keys(withoutArticle)));
});

it("says what would settle each rule that may refuse a call and was not read in the law itself", () => {
  const unsettled = refusing.filter(
    ({ confidence, wouldSettle }) => confidence !== "A" && wouldSettle === undefined,
  );
  expect(unsettled.map(({ id }) => id)).toEqual([]);
});

it("says what would settle each rule whose citation names no article", () => {
  // Citations of rules that state that there is no such provision.
  const isAbsence = (citation: string) =>
    /^(none found|no provision found in .*|—)$/.test(citation);
  const unsettled = bundledRuleBook.rules.filter(
    ({ citation, wouldSettle }) =>
      !namesArticle(citation) && !isAbsence(citation) && wouldSettle === undefined,
  );
  expect(unsettled.map(({ id }) => id)).toEqual([]);
});
