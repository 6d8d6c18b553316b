import { RunView, type TransactionContext, query } from "../../platform/internal.ts";
import { RegistryId } from "@ringfence/core/ids";
import { registryNotFound } from "./registry.ts";
import { resolveAgeLimit } from "@ringfence/core/people/jurisdiction";
import {
  ReadingSchedule,
  RegistryFormat,
  RegistrySource,
  findEarlyReading,
  findNextReading,
  isAskedSource,
  rateFreshness,
} from "@ringfence/core/do-not-call/registry";
import { DAY_MS } from "@ringfence/core/platform/time";
import { z } from "zod";
import { loadOrganization } from "../../account/organization/internal.ts";
import { countAnswers, countMonthlyNumbers } from "./ask-registry.ts";
import { type EditionView, loadEditionViews } from "./edition-history.ts";

/** Lists the connected registries, nearest to their age limit first. */
export const listRegistries = query({
  name: "listRegistries",
  action: "registry.read",
  run: async (ctx): Promise<RegistryOverview[]> =>
    (await loadOverviews(ctx)).toSorted((a, b) => shareOfLimit(b) - shareOfLimit(a)),
  audit: "none",
});

/** Computes the used share of the age limit. A registry that was never read counts as oldest. */
const shareOfLimit = ({ ageDays, limitDays }: RegistryOverview) =>
  ageDays === null ? Number.MAX_VALUE : Math.min(ageDays / limitDays, Number.MAX_VALUE);

/** Shows one registry, connected or not. */
export const viewRegistry = query({
  name: "viewRegistry",
  action: "registry.read",
  input: RegistryId,
  run: async (ctx, id): Promise<RegistryOverview> => {
    const [registry] = await loadOverviews(ctx, { id });
    if (registry === undefined) throw registryNotFound();
    return registry;
  },
  audit: "none",
});

/** A registry for pages: its age, its last change, and its current run. */
export type RegistryOverview = Awaited<ReturnType<typeof loadOverviews>>[number];

/** Balance that a paid registry reported last, in numbers. */
const Balance = z.object({ numbers: z.number(), at: z.coerce.date() });

type Scheduled = { schedule: unknown; sweptAt: Date | null; verifiedAt: Date | null };

/** Loads all connected registries, or a single one whether connected or not, by name. */
async function loadOverviews(
  within: TransactionContext,
  which: { id: RegistryId } | { disconnectedAt: null } = { disconnectedAt: null },
) {
  const { db, organizationId, now } = within;
  const { zone, readings } = await loadOrganization(within);
  const where = { organizationId, ...which };
  const ids = await db.registry.findMany({ where, select: { id: true } });
  // Loaded first, so that the result of a finished run is always included.
  const runs = new Map(
    await Promise.all(ids.map(async ({ id }) => [id, await findLastRun(within, id)] as const)),
  );
  const rows = await db.registry.findMany({ where, orderBy: { name: "asc" } });
  const findLimit = (row: { code: string; maxAgeDays: number }) =>
    resolveAgeLimit(now.toISOString().slice(0, 10), row.code, row.maxAgeDays);
  const describeReadings = (id: string, row: Scheduled, limitDays: number) => {
    const schedule = ReadingSchedule.nullable().parse(row.schedule);
    const reading = { id: RegistryId.parse(id), zone, schedule: schedule ?? readings };
    const next = findNextReading(reading, row.sweptAt, now);
    const early = findEarlyReading(row.verifiedAt, limitDays);
    // An early reading in the past is due now.
    const sooner = next && early && early < next ? (early > now ? early : null) : next;
    return { schedule, nextReadAt: sooner };
  };
  return Promise.all(
    rows.map(async ({ id, code, name, maxAgeDays, maxShrinkShare, edition, ...row }) => ({
      ...(await loadEditions(within, id, edition)),
      id: RegistryId.parse(id),
      code,
      name,
      format: RegistryFormat.parse(row.format),
      source: RegistrySource.parse(row.source),
      hasSecret: row.secret !== null,
      disconnectedAt: row.disconnectedAt,
      maxAgeDays,
      maxShrinkShare,
      listed: Number(row.listed),
      ...toAge(now, row.verifiedAt, findLimit({ code, maxAgeDays })),
      run: runs.get(id) ?? null,
      /** Numbers asked about this month; null if the registry is not asked number by number. */
      askedNumbers: isAskedSource(RegistrySource.parse(row.source))
        ? await countMonthlyNumbers(within, id)
        : null,
      /** Counts of answers; null if the registry is not asked number by number. */
      answers: isAskedSource(RegistrySource.parse(row.source))
        ? await countAnswers(within, id)
        : null,
      balance: Balance.nullable().parse(row.balance),
      ...describeReadings(id, row, findLimit({ code, maxAgeDays })),
    })),
  );
}

/** Computes the age since the last complete reading, with the limit that screening uses. */
function toAge(now: Date, verifiedAt: Date | null, limitDays: number) {
  const ageDays = verifiedAt && (now.valueOf() - verifiedAt.valueOf()) / DAY_MS;
  const freshness = rateFreshness(ageDays, limitDays);
  const isStale = freshness === "stale" || freshness === "none";
  return { verifiedAt, ageDays, limitDays, freshness, isStale };
}

/** Loads the edition in force and the held one, unless a later one is in force. */
async function loadEditions(within: TransactionContext, registryId: string, number: number) {
  const edition = await findEdition(within, registryId, { number });
  const held = await findEdition(within, registryId, { status: "held" });
  const isOver = edition && held && edition.readAt > held.readAt;
  return { edition, held: isOver ? null : held };
}

/** Finds the last edition with a number or status. */
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
  const [edition] = await loadEditionViews(within, rows);
  return edition ?? null;
}

async function findLastRun({ db, organizationId }: TransactionContext, subjectId: string) {
  const row = await db.run.findFirst({
    where: { organizationId, subjectId, job: "registry.sync" },
    orderBy: { id: "desc" },
  });
  return row && RunView.parse(row);
}

/** Editions per registry in a trend. */
const EDITIONS = 30;

const countColumn = z.bigint().transform(Number);
const TrendPoint = z.object({
  registryId: RegistryId,
  number: z.int(),
  readAt: z.date(),
  listed: countColumn,
  added: countColumn,
  removed: countColumn,
});
/** The size of a registry with an edition, and the numbers that the edition added and removed. */
export type TrendPoint = z.infer<typeof TrendPoint>;

/** Lists the sizes of one registry, or of all, over their last editions, earliest first. */
export const listRegistryTrends = query({
  name: "listRegistryTrends",
  action: "registry.read",
  input: z.object({ registryId: RegistryId.optional() }),
  run: async ({ db, organizationId }, { registryId }): Promise<Map<RegistryId, TrendPoint[]>> => {
    const rows = await db.$queryRaw`
      SELECT registry.id AS "registryId", number, read_at AS "readAt", edition.listed, added, removed
      FROM registry CROSS JOIN LATERAL (
        SELECT number, read_at, listed, added, removed FROM registry_edition
        WHERE organization_id = registry.organization_id AND registry_id = registry.id
          AND number IS NOT NULL
        ORDER BY number DESC LIMIT ${EDITIONS}
      ) AS edition
      WHERE organization_id = ${organizationId}::uuid
        AND (${registryId ?? null}::uuid IS NULL OR registry.id = ${registryId ?? null}::uuid)
      ORDER BY registry.id, number`;
    return Map.groupBy(TrendPoint.array().parse(rows), (point) => point.registryId);
  },
  audit: "none",
});
