import { RegistryId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/time";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";

/**
 * Every registry of the organization, and how old it is: in days since its source was last read
 * and verified, null before the first time. The one that is nearest to its limit comes first.
 */
export async function registryAges(ctx: ServiceContext) {
  allow(ctx, "registry.read");

  return inTransaction(ctx, async ({ db, organizationId, now }) => {
    const rows = await db.registry.findMany({
      where: { organizationId },
      select: {
        id: true,
        code: true,
        name: true,
        maxAgeDays: true,
        edition: true,
        listed: true,
        verifiedAt: true,
      },
      orderBy: { name: "asc" },
    });
    const ages = rows.map(({ id, listed, maxAgeDays, verifiedAt, ...row }) => ({
      ...row,
      id: RegistryId.parse(id),
      listed: Number(listed),
      verifiedAt,
      limitDays: maxAgeDays,
      ageDays: verifiedAt && (now.getTime() - verifiedAt.getTime()) / DAY_MS,
    }));
    return ages.toSorted((a, b) => partOf(b) - partOf(a));
  });
}

export type RegistryAge = Awaited<ReturnType<typeof registryAges>>[number];

/** What was never read is the oldest of all. */
const partOf = ({ ageDays, limitDays }: { ageDays: number | null; limitDays: number }) =>
  ageDays === null ? Infinity : ageDays / limitDays;

/** Too old to be believed, so that what it covers is refused. */
export const isStale = (age: Pick<RegistryAge, "ageDays" | "limitDays">) => partOf(age) > 1;
