import { hasNumber } from "@ringfence/core/registry";
import type { FactsRow } from "../screening/facts-row.ts";
import { factsRowOf } from "./facts-row-of.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

/** What the statement of a single screening would have answered at the snapshot's instant. */
export const snapshotRow = (
  snapshot: ScrubSnapshot,
  digits: number,
  facts: readonly number[],
): FactsRow => ({
  id: "",
  now: snapshot.at,
  phoneId: null,
  ...factsRowOf(snapshot.own, facts),
  listedIn: Object.fromEntries(
    snapshot.registries
      .filter(({ numbers }) => hasNumber(numbers, digits))
      .map(({ id }) => [id, null]),
  ),
  history: historyOf(snapshot, digits),
});

/** It was read for no number in particular: whether a registry lists this one is ours to say. */
function historyOf({ history, registries }: ScrubSnapshot, digits: number): FactsRow["history"] {
  if (history === null) return null;
  return Object.fromEntries(
    registries.flatMap(({ id, numbers }) => {
      const stood = history[id];
      return stood === undefined ? [] : [[id, { ...stood, isListed: hasNumber(numbers, digits) }]];
    }),
  );
}
