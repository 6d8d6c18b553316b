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
