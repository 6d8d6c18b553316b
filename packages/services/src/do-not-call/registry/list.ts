import { sql } from "kysely";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { RunView, type TransactionContext, query, selectRows } from "../../platform/internal.ts";
import { RegistryId } from "@ringfence/core/ids";
import { registryNotFound } from "./registry.ts";
import { listBooks, resolveAgeLimit } from "@ringfence/core/people/jurisdiction";
import {
  ReadingSchedule,
  RegistryFormat,
  RegistrySource,
  findEarlyReading,
  findNextReading,
  isAnsweredSource,
  rateFreshness,
} from "@ringfence/core/do-not-call/registry";
import { DAY_MS } from "@ringfence/core/platform/time";
import { z } from "zod";
import { loadOrganization } from "../../account/organization/internal.ts";
import { countAsked } from "./ask-registry.ts";
import { loadEditionViews } from "./edition-history.ts";

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

/** A registry for pages: its age, its last change, and its last run, finished or not. */
export type RegistryOverview = Awaited<ReturnType<typeof loadOverviews>>[number];

/** Balance that a paid registry reported last, in numbers. */
const Balance = z.object({ numbers: z.number(), at: z.coerce.date() });

type Scheduled = {
  source: unknown;
  disconnectedAt: Date | null;
  schedule: unknown;
  sweptAt: Date | null;
  verifiedAt: Date | null;
};

/**
 * Finds what somebody must do before a registry is read again; null if it is read on a schedule (`startDueReadings`).
 * `answered` is the number of its answers about single numbers.
 */
function findAwaited(
  { source, disconnectedAt }: Scheduled,
  answered: number,
): "connection" | "upload" | "answer" | null {
  const { kind } = RegistrySource.parse(source);
  if (disconnectedAt !== null) return "connection";
  if (kind === "upload") return "upload";
  return kind === "attested" && answered === 0 ? "answer" : null;
}

/** Loads all connected registries, or a single one whether connected or not, by name. */
async function loadOverviews(
  ctx: TransactionContext,
  filter: { id: RegistryId } | { disconnectedAt: null } = { disconnectedAt: null },
) {
  const { db, organizationId, now } = ctx;
  const { zone, readings } = await loadOrganization(ctx);
  const where = { organizationId, ...filter };
  // Loaded first, so that the result of a finished run is always included.
  const runs = await loadLastRuns(ctx);
  const rows = await db.registry.findMany({ where, orderBy: { name: "asc" } });
  const editions = await loadEditions(ctx, rows);
  const asked = rows.filter(({ source }) => isAnsweredSource(RegistrySource.parse(source)));
  const askedCounts = await countAsked(
    ctx,
    asked.map(({ id }) => id),
  );
  const books = listBooks(await loadLaw(ctx));
  const findLimit = (row: { code: string; maxAgeDays: number }) =>
    resolveAgeLimit(books, now.toISOString().slice(0, 10), row.code, row.maxAgeDays);
  const describeReadings = (id: string, row: Scheduled, limitDays: number) => {
    const schedule = ReadingSchedule.nullable().parse(row.schedule);
    const awaits = findAwaited(row, askedCounts.get(id)?.answers.answered ?? 0);
    if (awaits !== null) return { schedule, awaits, nextReadAt: null };
    const reading = { id: RegistryId.parse(id), zone, schedule: schedule ?? readings };
    const next = findNextReading(reading, row.sweptAt, now);
    const early = findEarlyReading(row.verifiedAt, limitDays);
    // An early reading in the past is due now.
    const sooner = next && early && early < next ? (early > now ? early : null) : next;
    // Null if a reading is due now; above, also if somebody has to do something first.
    return { schedule, awaits, nextReadAt: sooner };
  };
  return rows.map(({ id, code, name, maxAgeDays, maxShrinkShare, ...row }) => ({
    /** The edition in force; null before the first. */
    edition: editions.get(id)?.edition ?? null,
    /** The edition that waits for a review; null if none does. */
    held: editions.get(id)?.held ?? null,
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
    /** The last reading, finished or not; null before the first. */
    run: runs.get(id) ?? null,
    /** How many numbers it was asked about this UTC month; null for a registry that is read as a list. */
    askedNumbers: askedCounts.get(id)?.numbers ?? null,
    /** Counts of answers; null for a registry that is read as a list. */
    answers: askedCounts.get(id)?.answers ?? null,
    balance: Balance.nullable().parse(row.balance),
    ...describeReadings(id, row, findLimit({ code, maxAgeDays })),
  }));
}

/**
 * Computes the age of the edition in force since its source was last verified to have it. A held reading does not
 * count. After a return to a former edition, and for answers to questions, it is as old as the content. `limitDays` is
 * the strictest that any rule sets for the registry, or else its own. No call has a stricter one.
 */
function toAge(now: Date, verifiedAt: Date | null, limitDays: number) {
  const ageDays = verifiedAt && (now.valueOf() - verifiedAt.valueOf()) / DAY_MS;
  const freshness = rateFreshness(ageDays, limitDays);
  const isStale = freshness === "stale" || freshness === "none";
  return { verifiedAt, ageDays, limitDays, freshness, isStale };
}

/** Loads the edition in force of each registry and the held one, unless a later one is in force. */
async function loadEditions(
  ctx: TransactionContext,
  registries: readonly { id: string; edition: number }[],
) {
  const { db, organizationId } = ctx;
  const inForce = registries.map(({ id, edition }) => ({ registryId: id, number: edition }));
  const held = { registryId: { in: registries.map(({ id }) => id) }, status: "held" };
  const rows = await db.registryEdition.findMany({
    where: { organizationId, OR: [...inForce, held] },
    orderBy: { id: "desc" },
  });
  const views = await loadEditionViews(ctx, rows);
  const editions = views.map((view, index) => ({ view, registryId: rows[index]?.registryId }));
  const toPair = ({ id, edition: number }: { id: string; edition: number }) => {
    const ofRegistry = editions.flatMap(({ registryId, view }) => (registryId === id ? view : []));
    const edition = ofRegistry.find((view) => view.number === number) ?? null;
    const held = ofRegistry.find(({ status }) => status === "held") ?? null;
    const isOver = edition && held && edition.readAt > held.readAt;
    return { edition, held: isOver ? null : held };
  };
  return new Map(registries.map((registry) => [registry.id, toPair(registry)]));
}

/** Loads the last reading of each registry. */
async function loadLastRuns({ db, organizationId }: TransactionContext) {
  const runs = await selectRows(
    { db },
    RunView,
    sql`
    SELECT run.* FROM registry CROSS JOIN LATERAL (
      SELECT * FROM run
      WHERE organization_id = registry.organization_id AND subject_id = registry.id
        AND job = 'registry.sync'
      ORDER BY id DESC LIMIT 1
    ) AS run
    WHERE registry.organization_id = ${organizationId}::uuid`,
  );
  return new Map(runs.map((run) => [run.subjectId, run]));
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

/** Lists the sizes of one registry, or of all, over their last `EDITIONS` editions, earliest first. */
export const listRegistryTrends = query({
  name: "listRegistryTrends",
  action: "registry.read",
  input: z.object({ registryId: RegistryId.optional() }),
  run: async ({ db, organizationId }, { registryId }): Promise<Map<RegistryId, TrendPoint[]>> => {
    const points = await selectRows(
      { db },
      TrendPoint,
      sql`
      SELECT registry.id AS "registryId", number, read_at AS "readAt", edition.listed, added, removed
      FROM registry CROSS JOIN LATERAL (
        SELECT number, read_at, listed, added, removed FROM registry_edition
        WHERE organization_id = registry.organization_id AND registry_id = registry.id
          AND number IS NOT NULL
        ORDER BY number DESC LIMIT ${EDITIONS}
      ) AS edition
      WHERE organization_id = ${organizationId}::uuid
        AND (${registryId ?? null}::uuid IS NULL OR registry.id = ${registryId ?? null}::uuid)
      ORDER BY registry.id, number`,
    );
    return Map.groupBy(points, (point) => point.registryId);
  },
  audit: "none",
});
