import { RegistryId } from "@ringfence/core/ids";
import { hasNumber } from "@ringfence/core/do-not-call/registry";
import type { FactsRow } from "../screening/facts-row.ts";
import { factsRowOf } from "./facts-row-of.ts";
import { listedSince } from "./load-registries.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

/** What the statement of a single screening would have answered at the snapshot's instant. */
export function snapshotRow(
  { own, at, history, registries }: ScrubSnapshot,
  digits: number,
  facts: readonly number[],
): FactsRow {
  const since = new Map(
    registries
      .filter(({ numbers }) => hasNumber(numbers, digits))
      .map(({ id, listings }) => [id, listings && listedSince(listings, digits)]),
  );
  return {
    id: "",
    now: at,
    phoneId: null,
    campaign: null,
    ...factsRowOf(own, facts),
    listedIn: Object.fromEntries(since),
    unanswered: registries.flatMap(({ id, answered }) =>
      answered === null || hasNumber(answered, digits) ? [] : [id],
    ),
    history: history && historyOf(history, since),
  };
}

/** It was read for no number in particular: whether a registry lists this one is ours to say. */
const historyOf = (
  history: NonNullable<ScrubSnapshot["history"]>,
  since: ReadonlyMap<RegistryId, number | null>,
): NonNullable<FactsRow["history"]> =>
  Object.fromEntries(
    Object.entries(history).map(([id, stood]) => {
      const registryId = RegistryId.parse(id);
      const isListed = since.has(registryId);
      return [registryId, { ...stood, isListed, listedSince: since.get(registryId) ?? null }];
    }),
  );
