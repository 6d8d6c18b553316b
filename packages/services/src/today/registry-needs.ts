import type { CoveringRegistry, PlaceCoverage } from "@ringfence/core/registry";
import type { RegistryOverview } from "../registry/registry-overviews.ts";
import type { FailedRun } from "./failed-runs.ts";
import type { Need } from "./need.ts";

/** Registries that refuse calls because nobody has read them lately, and those that soon will. */
export function agingNeeds(
  registries: readonly RegistryOverview[],
  failed: readonly FailedRun[],
): Need[] {
  return registries.flatMap((registry): Need[] => {
    const { id: registryId, code, name, ageDays, limitDays, freshness } = registry;
    const failure = failed.find(({ subjectId }) => subjectId === registryId)?.failure ?? null;
    const about = { registryId, code, name, failure };
    if (ageDays === null) return [{ kind: "registry-unread", when: "now", ...about }];
    const old = { ...about, ageDays, limitDays };
    if (freshness === "stale") return [{ kind: "registry-stale", when: "now", ...old }];
    if (freshness === "near") return [{ kind: "registry-near", when: "week", ...old }];
    return [];
  });
}

/** Editions that a person has to look at before they are applied. */
export const heldEditions = (registries: readonly RegistryOverview[]): Need[] =>
  registries.flatMap(({ id: registryId, name, held }): Need[] =>
    held
      ? [
          {
            kind: "edition-held",
            when: "today",
            registryId,
            name,
            readAt: held.readAt,
            fault: held.fault,
          },
        ]
      : [],
  );

/** Registries for want of which contacts cannot be called, though every one that is connected is fresh. */
export function missingNeeds(places: readonly PlaceCoverage[]): Need[] {
  const wants = places.flatMap((place) =>
    place.registries.flatMap((registry) => wantOf(registry, place) ?? []),
  );
  // A number of a state counts in its country as well.
  const outer = wants.filter(
    (want) =>
      !wants.some((other) => isSame(want, other) && want.place.startsWith(`${other.place}-`)),
  );
  return [...Map.groupBy(outer, ({ code, why }) => `${why} ${code}`).values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    const { code, name, why } = first;
    const contacts = of.reduce((sum, one) => sum + one.contacts, 0);
    const isLifted = of.every((one) => one.isLifted);
    const when = isLifted ? "today" : "now";
    return { kind: "registry-missing", when, why, code, name, contacts, isLifted };
  });
}

type Want = Pick<CoveringRegistry, "code" | "name" | "isLifted"> &
  Pick<PlaceCoverage, "place" | "contacts"> & { why: "unconnected" | "outside" };

const isSame = (one: Want, other: Want) => one.code === other.code && one.why === other.why;

function wantOf(
  { code, name, isLifted, isConnected, doesRefuse, outside }: CoveringRegistry,
  { place, contacts }: PlaceCoverage,
): Want | null {
  const about = { code, name, isLifted, place };
  if (!doesRefuse) return null;
  if (!isConnected) return { ...about, why: "unconnected", contacts };
  return outside > 0 ? { ...about, why: "outside", contacts: outside } : null;
}
