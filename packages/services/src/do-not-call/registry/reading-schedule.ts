import { sql } from "kysely";
import { command, startRun, selectRows } from "../../platform/internal.ts";
import { loadLaws } from "../../people/jurisdiction/internal.ts";
import {
  ReadingSchedule,
  SetReadingSchedule,
  findEarlyReading,
  isReadingDue,
  nightlySchedule,
} from "@ringfence/core/do-not-call/registry";
import { OrganizationId, RegistryId } from "@ringfence/core/ids";
import { type RuleBook, listBooks, resolveAgeLimit } from "@ringfence/core/people/jurisdiction";
import { Zone } from "@ringfence/core/platform/time";
import type { Db } from "@ringfence/db";
import { z } from "zod";

/**
 * Sets when the organization's registries are read, except those with a schedule of their own. The zone is that of the
 * organization, by which its blocked list is scheduled and its receipts show times too.
 */
export const setReadingSchedule = command({
  name: "setReadingSchedule",
  action: "registry.change",
  input: SetReadingSchedule,
  run: async (ctx, { zone, readings }) => {
    const { db, organizationId } = ctx;
    await db.organization.update({ where: { id: organizationId }, data: { zone, readings } });
  },
  audit: (_, { zone, readings: { fromMinute, withinMinutes, weekdays } }) => ({
    change: "readings",
    zone,
    fromMinute,
    withinMinutes,
    weekdays: weekdays.join(" "),
  }),
});

const ScheduledRegistry = z.object({
  organizationId: OrganizationId,
  registryId: RegistryId,
  // An unknown zone must not stop the readings of all others.
  zone: Zone.catch("UTC"),
  schedule: ReadingSchedule.nullable(),
  readings: ReadingSchedule.nullable(),
  sweptAt: z.date().nullable(),
  code: z.string(),
  ownDays: z.number(),
  verifiedAt: z.date().nullable(),
  now: z.date(),
});
type ScheduledRegistry = z.infer<typeof ScheduledRegistry>;

/**
 * Starts the readings that are due by their schedules and organizations' time zones: each once, however many
 * workers sweep. Crosses organizations, which only the sweep may do. Returns how many were started.
 */
export async function startDueReadings({ prisma }: Db): Promise<number> {
  const registries = await selectRows(
    { db: prisma },
    ScheduledRegistry,
    sql`
    SELECT organization_id AS "organizationId", registry.id AS "registryId", zone, schedule, readings,
      swept_at AS "sweptAt", code, max_age_days AS "ownDays", verified_at AS "verifiedAt",
      clock_timestamp() AS now
    FROM registry JOIN organization ON organization.id = organization_id
    WHERE source->>'kind' <> 'upload' AND disconnected_at IS NULL
      -- Until its first answer there is nothing to read.
      AND (source->>'kind' <> 'attested' OR EXISTS (SELECT FROM registry_answer
        WHERE registry_answer.organization_id = registry.organization_id
          AND registry_id = registry.id))`,
  );
  const laws = await loadLaws(
    { db: prisma },
    registries.map(({ organizationId }) => organizationId),
  );
  const due = registries.filter((registry) => {
    const law = laws.get(registry.organizationId);
    return isDue(registry, law === undefined ? [] : listBooks(law));
  });
  let claimed = 0;
  for (const { organizationId, registryId, sweptAt, now } of due) {
    await prisma.$transaction(async (db) => {
      // A locked registry is left for the next sweep.
      const ours = await db.$executeRaw`
        WITH ours AS (
          SELECT organization_id, id FROM registry
          WHERE organization_id = ${organizationId}::uuid AND id = ${registryId}::uuid
            AND swept_at IS NOT DISTINCT FROM ${sweptAt}
          FOR UPDATE SKIP LOCKED
        )
        UPDATE registry SET swept_at = ${now} FROM ours
        WHERE registry.organization_id = ours.organization_id AND registry.id = ours.id`;
      if (ours === 0) return;
      await startRun({ db, organizationId, now }, "registry.sync", registryId);
      claimed++;
    });
  }
  return claimed;
}

function isDue(
  { registryId, zone, schedule, readings, sweptAt, now, ...aging }: ScheduledRegistry,
  books: readonly RuleBook[],
) {
  const reading = { id: registryId, zone, schedule: schedule ?? readings ?? nightlySchedule };
  return isReadingDue(reading, sweptAt, now) || isEarlyReadingDue(aging, { books, sweptAt, now });
}

/** A registry whose copy will soon be too old is read early, but not again within this time, also if the reading failed. */
const RETRY_MS = 3_600_000;

function isEarlyReadingDue(
  { code, ownDays, verifiedAt }: Pick<ScheduledRegistry, "code" | "ownDays" | "verifiedAt">,
  { books, sweptAt, now }: { books: readonly RuleBook[]; sweptAt: Date | null; now: Date },
): boolean {
  const limitDays = resolveAgeLimit(books, now.toISOString().slice(0, 10), code, ownDays);
  const early = findEarlyReading(verifiedAt, limitDays);
  const wasJustStarted = sweptAt !== null && now.getTime() - sweptAt.getTime() < RETRY_MS;
  return early !== null && early <= now && !wasJustStarted;
}
