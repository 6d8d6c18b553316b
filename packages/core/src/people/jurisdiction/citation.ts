import type { Locale } from "../../platform/message/index.ts";

/** Words and signs that come before the number of an article, section or regulation. */
const articleWord =
  /(?:§|\b(?:arts?|ss?|secs?|section|regs?|regulation|items?|cl|sch|par|part|recitals?|abs|bst|ch|r|code|gbl)\b)\.? ?(?:\d|[IVX]+\b)/iu;
/** Forms of numbers that only articles have: `501.616`, `42-288a`, `310.4(b)`, `L.223-1`, `V(A)(12)`. */
const articleNumber = /\d\w*[.:-]\d|\d\([\da-z]|\b[A-Z]\.\d|\b[IVX]+\([A-Z]\)/u;
const dates = /\d{4}-\d{2}-\d{2}/gu;

/** True if a citation names an article, section or regulation, and not just a law. */
export function namesArticle(citation: string): boolean {
  const text = citation.replaceAll(dates, "");
  return articleWord.test(text) || articleNumber.test(text);
}

/** Words in citations of Russian law and of the GDPR, and how a Russian document writes them. */
const russianWords: readonly (readonly [RegExp, string])[] = [
  [/\bno provision found in\b/gu, "нет нормы в"],
  [/\bas (?:amended|changed) by\b/gu, "в редакции"],
  [/\bas inserted by\b/gu, "введён законом"],
  [/\blast sentence\b/gu, "последнее предложение"],
  [/\bburden of proof\b/gu, "бремя доказывания"],
  [/\bGovernment Decree No\. ?/gu, "постановление Правительства РФ № "],
  [/\bCoAO(?: art\.)?/gu, "КоАП РФ ст."],
  [/(\d)-FZ\b/gu, "$1-ФЗ"],
  [/\bart\. ?/gu, "ст. "],
  [/\bpart /gu, "ч. "],
  [/\bp(?:ar)?\. /gu, "п. "],
  [/\brec\. /gu, "преамбула, п. "],
  [/\band\b/gu, "и"],
  [/\b(of|since) (\d{4})-(\d\d)-(\d\d)/gu, "$1 $4.$3.$2"],
  [/\bof (?=\d\d\.)/gu, "от "],
  [/\bsince (?=\d\d\.)/gu, "с "],
];

/** Letters of other languages that a Russian citation keeps: the name of the GDPR, and letters of subparagraphs. */
const keptLatin = /GDPR|\([a-z]\)/gu;

/**
 * Writes a citation for a document in a language. In Russian, citations of Russian law and of the GDPR are written as a
 * Russian lawyer writes them. All others stay as they are: a law is cited in the form that its own country uses.
 */
export function writeCitation(citation: string, locale: Locale): string {
  if (locale !== "ru") return citation;
  return citation
    .split("; ")
    .map((law) => {
      const written = russianWords.reduce((text, [from, to]) => text.replace(from, to), law);
      return /\p{Script=Latin}/u.test(written.replace(keptLatin, "")) ? law : written;
    })
    .join("; ");
}
