/** The words of the tables in docs/glossary.md, as folders write them: their first column. */
export function wordsOf(glossary: string): ReadonlySet<string> {
  const cells = glossary.matchAll(/^\| *([^|]+?) *\|/gm);
  return new Set([...cells].map(([, cell = ""]) => cell.toLowerCase().replaceAll(" ", "-")));
}
