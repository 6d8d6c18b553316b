import type { RootContext } from "../context.ts";
import { recordScreenings, type ScreeningOnRecord } from "./record-screenings.ts";
import type { ScreeningAnswer } from "./screening-answer.ts";
import { withPermit } from "./with-permit.ts";

/** What is answered about the call at a place of a batch; nothing of one that nobody can understand is on record. */
export type Told = { index: number; answer: ScreeningAnswer; record: ScreeningOnRecord | null };

/** Of those who ask at once for leave under a cap one gets it at each turn; caps are smaller than this. */
export const MAX_TURNS = 100;

/**
 * Puts answers on record before they are heard, and permits with them. Where a permit was given meanwhile that
 * counts for the same person, perhaps by this very batch, the call is screened again.
 */
export async function recordInTurns(
  { db, keys }: RootContext,
  judged: readonly Told[],
  screenAgain: (some: readonly Told[]) => Promise<Told[]>,
  timeoutMs: number,
): Promise<ScreeningAnswer[]> {
  const places = new Map(judged.map(({ index }, place) => [index, place]));
  const answers = judged.map(({ answer }) => answer);
  let open = judged;
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const records = open.flatMap(({ record }) => record ?? []);
    const [told, left] = await Promise.all([
      Promise.all(
        open.map(async ({ answer, record }) => (record ? withPermit(keys, record) : answer)),
      ),
      recordScreenings(db, records, timeoutMs),
    ]);
    for (const [place, { index }] of open.entries()) {
      const [where, answer] = [places.get(index), told[place]];
      if (where !== undefined && answer !== undefined) answers[where] = answer;
    }
    if (left.size === 0) return answers;
    open = await screenAgain(open.filter(({ answer }) => left.has(answer.id)));
  }
  throw new Error("permits for one person were given faster than they could be counted");
}
