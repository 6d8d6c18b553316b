/**
 * Returns the columns for a person's phones. The first phone has its own column, which dialers and scrubs
 * read; the others share a cell, from which imports read several phones.
 */
export const phoneColumns = <Row>(
  heads: { phone: string; others: string },
  getPhones: (row: Row) => readonly string[],
) =>
  [
    [heads.phone, (row: Row) => getPhones(row)[0] ?? null],
    [heads.others, (row: Row) => getPhones(row).slice(1).join("; ")],
  ] satisfies [string, (row: Row) => string | null][];
