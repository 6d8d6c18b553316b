import { RegistryId } from "@ringfence/core/ids";
import {
  isAsked,
  nextReading,
  ReadingSchedule,
  RegistryFormat,
  RegistrySource,
} from "@ringfence/core/registry";
import { DAY_MS } from "@ringfence/core/time";
import type { TransactionContext } from "../context.ts";
import { organizationOf } from "../organization/organization-of.ts";
import { RunView } from "../run/run-view.ts";
import { numbersOfMonth } from "./asked-registry.ts";
import { type EditionView, viewEditions } from "./edition-view.ts";

/** A registry as people see it: how old it is, what changed last, and what it is doing. */
export type RegistryOverview = Awaited<ReturnType<typeof registryOverviews>>[number];

/** All of the organization's, or one, by name. */
export async function registryOverviews(
  within: TransactionContext,
  which: { id?: RegistryId } = {},
) {
  const { db, organizationId, now } = within;
  const { zone, readings } = await organizationOf(within);
  const where = { organizationId, ...which };
  const ids = await db.registry.findMany({ where, select: { id: true } });
  // Before the rest: what came of a run that is told to have ended, is told with it.
  const runs = new Map(
    await Promise.all(ids.map(async ({ id }) => [id, await findLastRun(within, id)] as const)),
  );
  const rows = await db.registry.findMany({ where, orderBy: { name: "asc" } });
  const readingsOf = (id: string, row: { schedule: unknown; sweptAt: Date | null }) => {
    const schedule = ReadingSchedule.nullable().parse(row.schedule);
    const reading = { registryId: RegistryId.parse(id), zone, schedule: schedule ?? readings };
    return { schedule, nextReadAt: nextReading(reading, row.sweptAt, now) };
  };
  return Promise.all(
    rows.map(async ({ id, code, name, maxAgeDays, maxShrinkShare, edition, ...row }) => ({
      ...(await editionsOf(within, id, edition)),
      id: RegistryId.parse(id),
      code,
      name,
      format: RegistryFormat.parse(row.format),
      source: RegistrySource.parse(row.source),
      hasSecret: row.secret !== null,
      maxAgeDays,
      maxShrinkShare,
      listed: Number(row.listed),
      ...ageOf(now, row.verifiedAt, maxAgeDays),
      run: runs.get(id) ?? null,
      /** Of a registry that is asked, how many numbers it was asked about this month. */
      askedNumbers: isAsked(RegistrySource.parse(row.source))
        ? await numbersOfMonth(within, id)
        : null,
      ...readingsOf(id, row),
    })),
  );
}

/** Age counts from the last time the source was read and verified whole. */
function ageOf(now: Date, verifiedAt: Date | null, maxAgeDays: number) {
  if (verifiedAt === null) return { verifiedAt, ageDays: null, isStale: true };
  const ageDays = (now.valueOf() - verifiedAt.valueOf()) / DAY_MS;
  return { verifiedAt, ageDays, isStale: ageDays > maxAgeDays };
}

/** The one in force, and one that waits for an officer: none, once a later one is in force. */
async function editionsOf(within: TransactionContext, registryId: string, number: number) {
  const edition = await findEdition(within, registryId, { number });
  const held = await findEdition(within, registryId, { status: "held" });
  const isOver = edition && held && edition.readAt > held.readAt;
  return { edition, held: isOver ? null : held };
}

/** The last edition of a kind. */
async function findEdition(
  within: TransactionContext,
  registryId: string,
  which: { number: number } | { status: "held" },
): Promise<EditionView | null> {
  const { db, organizationId } = within;
  const rows = await db.registryEdition.findMany({
    where: { organizationId, registryId, ...which },
    orderBy: { id: "desc" },
    take: 1,
  });
  const [edition] = await viewEditions(within, rows);
  return edition ?? null;
}

async function findLastRun({ db, organizationId }: TransactionContext, subjectId: string) {
  const row = await db.run.findFirst({
    where: { organizationId, subjectId, job: "registry.sync" },
    orderBy: { id: "desc" },
  });
  return row && RunView.parse(row);
}
