type Keeping = {
  /** Renews the claim on the work; throws if another worker has taken it. */
  keep: () => Promise<void>;
  everyMs: number;
  /** Milliseconds by a clock that never goes back. */
  clock: () => number;
};

/** Passes the texts on and, while they come, renews the claim at intervals. */
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
