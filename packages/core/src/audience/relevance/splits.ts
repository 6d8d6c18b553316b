/** Places of observations: those that a model learns from, and others that it is tested on. */
export type Split = { learned: readonly number[]; tested: readonly number[] };

/** Each is tested once, by a model that learned from the others: for calls in no order. */
export function foldsOf(count: number, folds = 5): Split[] {
  const places = [...Array(count).keys()];
  return Array.from({ length: folds }, (_, fold) => ({
    learned: places.filter((place) => place % folds !== fold),
    tested: places.filter((place) => place % folds === fold),
  }));
}

/** Each part but the first is tested by a model that learned from all before it: for calls in the order of time. */
export function forwardSplits(count: number, parts = 4): Split[] {
  const places = [...Array(count).keys()];
  const end = (part: number) => Math.floor((count * part) / parts);
  return Array.from({ length: parts - 1 }, (_, part) => ({
    learned: places.slice(0, end(part + 1)),
    tested: places.slice(end(part + 1), end(part + 2)),
  }));
}
