import type { CoveringRegistry, JurisdictionCoverage } from "@ringfence/core/do-not-call/registry";
import type { RegistryOverview } from "../../do-not-call/registry/internal.ts";
import type { FailedRun, Need } from "./need.ts";

/** Lists registries that stop calls because they were never read or are too old, and those that soon will be. */
export function toAgingNeeds(
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

/** Lists editions that a person has to check before they are applied. */
export const toHeldEditionNeeds = (registries: readonly RegistryOverview[]): Need[] =>
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

/**
 * Lists required registries without which contacts cannot be called, because they are not connected, or connected
 * without an area code. They are grouped by what is missing, so that a country with many lists does not hide everything
 * else. Where a consent is enough to call without the registry (`isLifted`), it is for today and not for now.
 */
export function toMissingNeeds(jurisdictions: readonly JurisdictionCoverage[]): Need[] {
  const missing = jurisdictions.flatMap((jurisdiction) =>
    jurisdiction.registries.flatMap((registry) => toMissing(registry, jurisdiction) ?? []),
  );
  const groups = Map.groupBy(missing, ({ why, isLifted }) => `${why} ${isLifted}`);
  return [...groups.values()].flatMap((group): Need[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { why, isLifted } = first;
    const when = isLifted ? "today" : "now";
    const names = [...new Set(group.map(({ name }) => name))];
    const contacts = countContacts(group);
    return [{ kind: "registries-missing", when, why, names, contacts, isLifted }];
  });
}

/** Counts each jurisdiction once. Numbers of a state also count in its country. */
function countContacts(missing: readonly MissingRegistry[]): number {
  const counts = new Map<string, number>();
  for (const { jurisdiction, contacts } of missing) {
    counts.set(jurisdiction, Math.max(contacts, counts.get(jurisdiction) ?? 0));
  }
  const outer = [...counts].filter(
    ([jurisdiction]) => ![...counts.keys()].some((other) => jurisdiction.startsWith(`${other}-`)),
  );
  return outer.reduce((sum, [, contacts]) => sum + contacts, 0);
}

type MissingRegistry = Pick<CoveringRegistry, "name" | "isLifted"> &
  Pick<JurisdictionCoverage, "jurisdiction" | "contacts"> & { why: "unconnected" | "outside" };

function toMissing(
  { name, isLifted, isConnected, doesRefuse, outside }: CoveringRegistry,
  { jurisdiction, contacts }: JurisdictionCoverage,
): MissingRegistry | null {
  const about = { name, isLifted, jurisdiction };
  if (!doesRefuse) return null;
  if (!isConnected) return { ...about, why: "unconnected", contacts };
  return outside > 0 ? { ...about, why: "outside", contacts: outside } : null;
}
