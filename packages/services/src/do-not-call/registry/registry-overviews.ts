import { RegistryId } from "@ringfence/core/ids";
import { limitDaysOn } from "@ringfence/core/people/jurisdiction";
import {
  earlyReading,
  freshnessOf,
  isAsked,
  nextReading,
  ReadingSchedule,
  RegistryFormat,
  RegistrySource,
} from "@ringfence/core/do-not-call/registry";
import { DAY_MS } from "@ringfence/core/platform/time";
import { z } from "zod";
import type { TransactionContext } from "../../platform/context.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { RunView } from "../../platform/run/run-view.ts";
import { answersOfAll, numbersOfMonth } from "./asked-registry.ts";
import { type EditionView, viewEditions } from "./edition-view.ts";

/** A registry as people see it: how old it is, what changed last, and what it is doing. */
export type RegistryOverview = Awaited<ReturnType<typeof registryOverviews>>[number];

/** What a registry that is paid for said last is left on the account, in numbers. */
const Balance = z.object({ numbers: z.number(), at: z.coerce.date() });

type Scheduled = { schedule: unknown; sweptAt: Date | null; verifiedAt: Date | null };

/** Loads all connected registries, or a single one whether connected or not, by name. */
export async function registryOverviews(
  within: TransactionContext,
  which: { id: RegistryId } | { disconnectedAt: null } = { disconnectedAt: null },
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
  const limitOf = (row: { code: string; maxAgeDays: number }) =>
    limitDaysOn(now.toISOString().slice(0, 10), row.code, row.maxAgeDays);
  const readingsOf = (id: string, row: Scheduled, limitDays: number) => {
    const schedule = ReadingSchedule.nullable().parse(row.schedule);
    const reading = { id: RegistryId.parse(id), zone, schedule: schedule ?? readings };
    const next = nextReading(reading, row.sweptAt, now);
    const early = earlyReading(row.verifiedAt, limitDays);
    // What is past is due.
    const sooner = next && early && early < next ? (early > now ? early : null) : next;
    return { schedule, nextReadAt: sooner };
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
      disconnectedAt: row.disconnectedAt,
      maxAgeDays,
      maxShrinkShare,
      listed: Number(row.listed),
      ...ageOf(now, row.verifiedAt, limitOf({ code, maxAgeDays })),
      run: runs.get(id) ?? null,
      /** Of a registry that is asked, how many numbers it was asked about this month. */
      askedNumbers: isAsked(RegistrySource.parse(row.source))
        ? await numbersOfMonth(within, id)
        : null,
      /** Of one that is asked: numbers of which it has answered; all others are no part of what it lists. */
      answers: isAsked(RegistrySource.parse(row.source)) ? await answersOfAll(within, id) : null,
      balance: Balance.nullable().parse(row.balance),
      ...readingsOf(id, row, limitOf({ code, maxAgeDays })),
    })),
  );
}

/** Age counts from the last time the source was read and verified whole; the limit is that of screening. */
function ageOf(now: Date, verifiedAt: Date | null, limitDays: number) {
  const ageDays = verifiedAt && (now.valueOf() - verifiedAt.valueOf()) / DAY_MS;
  const freshness = freshnessOf(ageDays, limitDays);
  const isStale = freshness === "stale" || freshness === "none";
  return { verifiedAt, ageDays, limitDays, freshness, isStale };
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
