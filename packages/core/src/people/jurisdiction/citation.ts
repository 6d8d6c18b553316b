/** Words and signs after which the number of an article, section or regulation follows. */
const articleWord =
  /(?:§|\b(?:arts?|ss?|secs?|section|regs?|regulation|items?|cl|sch|par|part|recitals?|abs|bst|ch|r|code|gbl)\b)\.? ?(?:\d|[IVX]+\b)/iu;
/** Numbers that only an article has: `501.616`, `42-288a`, `310.4(b)`, `L.223-1`, `V(A)(12)`. */
const articleNumber = /\d\w*[.:-]\d|\d\([\da-z]|\b[A-Z]\.\d|\b[IVX]+\([A-Z]\)/u;
const dates = /\d{4}-\d{2}-\d{2}/gu;

/** True if a citation names an article, a section or a regulation, and not only a law. */
export function namesArticle(citation: string): boolean {
  const text = citation.replaceAll(dates, "");
  return articleWord.test(text) || articleNumber.test(text);
}
