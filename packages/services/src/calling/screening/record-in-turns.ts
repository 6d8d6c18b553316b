import type { RootContext } from "../../platform/context.ts";
import { recordScreenings, type ScreeningOnRecord } from "./record-screenings.ts";
import type { ScreeningAnswer } from "./screening-answer.ts";
import { withPermit } from "./with-permit.ts";

/** Result for one call of a batch, by its index. `record` is null for a call that nobody can understand. */
export type ScreenedCall = {
  index: number;
  answer: ScreeningAnswer;
  record: ScreeningOnRecord | null;
};

/** Of calls that compete for permits under a cap, each turn grants one. Caps are smaller than this number. */
export const MAX_TURNS = 100;

/**
 * Records results before anyone sees them, and adds permits. If another permit for the same person was issued
 * in the meantime, perhaps by this very batch, the call is screened again.
 */
export async function recordInTurns(
  { db, keys }: RootContext,
  judged: readonly ScreenedCall[],
  screenAgain: (some: readonly ScreenedCall[]) => Promise<ScreenedCall[]>,
  timeoutMs: number,
): Promise<ScreeningAnswer[]> {
  const places = new Map(judged.map(({ index }, place) => [index, place]));
  const answers = judged.map(({ answer }) => answer);
  let open = judged;
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const records = open.flatMap(({ record }) => record ?? []);
    const [results, rejected] = await Promise.all([
      Promise.all(
        open.map(async ({ answer, record }) => (record ? withPermit(keys, record) : answer)),
      ),
      recordScreenings(db, records, timeoutMs),
    ]);
    for (const [place, { index }] of open.entries()) {
      const [where, answer] = [places.get(index), results[place]];
      if (where !== undefined && answer !== undefined) answers[where] = answer;
    }
    if (rejected.size === 0) return answers;
    open = await screenAgain(open.filter(({ answer }) => rejected.has(answer.id)));
  }
  throw new Error("permits for one person were issued faster than they could be counted");
}
