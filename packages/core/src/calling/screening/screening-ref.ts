import { z } from "zod";
import { ScreeningId, ScrubId } from "../../platform/ids.ts";

/** A row of a scrub's file, counted from 1 without the header. */
export const ScrubRow = z.strictObject({ scrubId: ScrubId, row: z.int().min(1) });
export type ScrubRow = z.infer<typeof ScrubRow>;

/** A screening by its id, or a row of a scrub. */
export type ScreeningRef = { screeningId: ScreeningId } | ScrubRow;

/**
 * Reads what names a past screening: the `id` of an answer, or the `screening_id` of a scrub's result,
 * `<scrub id>.<row>` (contract 9). Null for anything else.
 */
export function readScreeningRef(text: string): ScreeningRef | null {
  const [, id, row] = /^([^.]*)(?:\.([1-9]\d{0,14}))?$/.exec(text.trim().toLowerCase()) ?? [];
  if (row !== undefined) return ScrubRow.safeParse({ scrubId: id, row: Number(row) }).data ?? null;
  const { data: screeningId } = ScreeningId.safeParse(id);
  return screeningId === undefined ? null : { screeningId };
}
