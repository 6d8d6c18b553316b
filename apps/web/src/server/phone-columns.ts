/**
 * The phones of a person as columns of a file: the first alone, as dialers and scrubs read it, and the others
 * together, as imports read several phones of one cell.
 */
export const phoneColumns = <Row>(
  heads: { phone: string; others: string },
  phonesOf: (row: Row) => readonly string[],
) =>
  [
    [heads.phone, (row: Row) => phonesOf(row)[0] ?? null],
    [heads.others, (row: Row) => phonesOf(row).slice(1).join("; ")],
  ] satisfies [string, (row: Row) => string | null][];
