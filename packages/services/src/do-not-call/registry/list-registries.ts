import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { type RegistryOverview, registryOverviews } from "./registry-overviews.ts";

/** The registries of an organization, the one that is nearest to its limit first. */
export async function listRegistries(ctx: ServiceContext): Promise<RegistryOverview[]> {
  allow(ctx, "registry.read");

  const registries = await inTransaction(ctx, registryOverviews);
  return registries.toSorted((a, b) => partOf(b) - partOf(a));
}

/** What was never read is the oldest of all. */
const partOf = ({ ageDays, limitDays }: RegistryOverview) =>
  ageDays === null ? Number.MAX_VALUE : Math.min(ageDays / limitDays, Number.MAX_VALUE);
