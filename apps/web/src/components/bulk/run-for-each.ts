import type { BulkRow } from "./bulk-list";

/** How many rows were changed, and why the others were not. */
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
