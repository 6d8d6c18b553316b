import { RegistryId } from "@ringfence/core/ids";
import { RegistryFormat, RegistrySource } from "@ringfence/core/registry";
import { DAY_MS } from "@ringfence/core/time";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { RunView } from "../run/run-view.ts";
import { EditionView } from "./edition-view.ts";

/** The registries of an organization: how old each is, what changed last, and what it is doing. */
export async function listRegistries(ctx: ServiceContext) {
  allow(ctx, "registry.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const rows = await db.registry.findMany({
      where: { organizationId },
      orderBy: { code: "asc" },
    });
    return Promise.all(
      rows.map(async ({ id, code, name, maxAgeDays, maxShrinkShare, edition, ...row }) => ({
        id: RegistryId.parse(id),
        code,
        name,
        format: RegistryFormat.parse(row.format),
        source: RegistrySource.parse(row.source),
        maxAgeDays,
        maxShrinkShare,
        listed: Number(row.listed),
        ...ageOf(ctx, row.verifiedAt, maxAgeDays),
        edition: await findEdition(ctx, id, { number: edition }),
        held: await findEdition(ctx, id, { status: "held" }),
        run: await findLastRun(ctx, id),
      })),
    );
  });
}

/** Age counts from the last time the source was read and verified whole. */
function ageOf({ now }: TransactionContext, verifiedAt: Date | null, maxAgeDays: number) {
  if (verifiedAt === null) return { verifiedAt, ageDays: null, isStale: true };
  const ageDays = (now.valueOf() - verifiedAt.valueOf()) / DAY_MS;
  return { verifiedAt, ageDays, isStale: ageDays > maxAgeDays };
}

/** The last edition of a kind. */
async function findEdition(
  { db, organizationId }: TransactionContext,
  registryId: string,
  which: { number: number } | { status: "held" },
) {
  const row = await db.registryEdition.findFirst({
    where: { organizationId, registryId, ...which },
    orderBy: { id: "desc" },
  });
  return row && EditionView.parse(row);
}

async function findLastRun({ db, organizationId }: TransactionContext, subjectId: string) {
  const row = await db.run.findFirst({
    where: { organizationId, subjectId, job: "registry.sync" },
    orderBy: { id: "desc" },
  });
  return row && RunView.parse(row);
}
