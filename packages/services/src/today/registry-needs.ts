import { RegistryId } from "@ringfence/core/ids";
import { StoredMessage } from "@ringfence/core/message";
import type { TransactionContext } from "../context.ts";
import { isStale, type RegistryAge } from "../registry/registry-ages.ts";
import type { FailedRun } from "./failed-runs.ts";
import type { Need } from "./need.ts";

/** From this share of its limit on, a registry will soon refuse. */
const NEAR = 0.8;

/** Registries that refuse calls because nobody has read them lately, and those that soon will. */
export function agingNeeds(ages: readonly RegistryAge[], failed: readonly FailedRun[]): Need[] {
  return ages.flatMap((age): Need[] => {
    const { id: registryId, code, name, ageDays, limitDays } = age;
    const failure = failed.find(({ subjectId }) => subjectId === registryId)?.failure ?? null;
    const about = { registryId, code, name, failure };
    if (ageDays === null) return [{ kind: "registry-unread", when: "now", ...about }];
    const old = { ...about, ageDays, limitDays };
    if (isStale(age)) return [{ kind: "registry-stale", when: "now", ...old }];
    if (ageDays >= limitDays * NEAR) return [{ kind: "registry-near", when: "week", ...old }];
    return [];
  });
}

/** Editions that a person has to look at before they are applied. */
export async function heldEditions({ db, organizationId }: TransactionContext): Promise<Need[]> {
  const rows = await db.registryEdition.findMany({
    where: { organizationId, status: "held" },
    include: { registry: { select: { name: true } } },
    orderBy: { id: "asc" },
  });
  return rows.map(({ registryId, registry, readAt, fault }) => ({
    kind: "edition-held",
    when: "today",
    registryId: RegistryId.parse(registryId),
    name: registry.name,
    readAt,
    fault: StoredMessage.safeParse(fault).data ?? null,
  }));
}
