type Keeping = {
  /** Says that the work goes on; throws where it is ours no more. */
  keep: () => Promise<void>;
  everyMs: number;
  /** Milliseconds by a clock that never goes back. */
  clock: () => number;
};

/** The same texts; while they come, every so often others are told that somebody is at it. */
export async function* keptAlive(
  texts: Iterable<string> | AsyncIterable<string>,
  { keep, everyMs, clock }: Keeping,
): AsyncGenerator<string> {
  let kept = clock();
  for await (const text of texts) {
    if (clock() - kept >= everyMs) {
      await keep();
      kept = clock();
    }
    yield text;
  }
}
