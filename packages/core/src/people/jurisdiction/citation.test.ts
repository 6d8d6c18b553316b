import { expect, it } from "vitest";
import { namesArticle, writeCitation } from "./citation.ts";
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

it.each([
  ["38-FZ art. 18 part 1, last sentence", "38-ФЗ ст. 18 ч. 1, последнее предложение"],
  [
    "38-FZ art.18 (burden of proof); 152-FZ art.9 part 3",
    "38-ФЗ ст. 18 (бремя доказывания); 152-ФЗ ст. 9 ч. 3",
  ],
  [
    "152-FZ art. 9 part 1, as changed by 156-FZ of 2025-06-24",
    "152-ФЗ ст. 9 ч. 1, в редакции 156-ФЗ от 24.06.2025",
  ],
  ["CoAO 14.3 part 4.1", "КоАП РФ ст. 14.3 ч. 4.1"],
  [
    "Government Decree No. 1300 of 2025-08-28",
    "постановление Правительства РФ № 1300 от 28.08.2025",
  ],
  ["GDPR art. 21(2); 152-FZ art. 15(2)", "GDPR ст. 21(2); 152-ФЗ ст. 15(2)"],
  ["PECR reg. 21(1)(a)", "PECR reg. 21(1)(a)"],
  [
    "BNetzA, interpretation notes on § 7a UWG of 2022-07-07",
    "BNetzA, interpretation notes on § 7a UWG of 2022-07-07",
  ],
])("writes %s in Russian as %s", (citation, russian) => {
  expect(writeCitation(citation, "ru")).toBe(russian);
  expect(writeCitation(citation, "en")).toBe(citation);
});

it("writes every citation of Russian law in Russian", () => {
  const russian = bundledRuleBook.rules
    .filter(({ citation, id }) => id.startsWith("RU.") && citation !== "none found")
    .map(({ citation }) => writeCitation(citation, "ru"));
  expect(russian.length).toBeGreaterThan(10);
  expect(russian.filter((text) => /FZ|CoAO|\b(?:art|part|as|of)\b/u.test(text))).toEqual([]);
});
