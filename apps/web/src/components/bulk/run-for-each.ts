import type { BulkRow } from "./bulk-list";

/** Number of rows that were changed, and the others, each with the reason why it was not. */
export type BulkOutcome = { done: number; refused: readonly BulkRow[] };

/** Performs an act on each row in turn. A row that is refused stops no other. */
export async function runForEach(
  rows: readonly BulkRow[],
  act: (id: string) => Promise<unknown>,
  onProgress: (finished: number) => void,
): Promise<BulkOutcome> {
  const refused: BulkRow[] = [];
  for (const [index, row] of rows.entries()) {
    try {
      await act(row.id);
    } catch (error) {
      refused.push({ ...row, refusal: error instanceof Error ? error.message : String(error) });
    }
    onProgress(index + 1);
  }
  return { done: rows.length - refused.length, refused };
}
