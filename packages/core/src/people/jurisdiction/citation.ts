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
