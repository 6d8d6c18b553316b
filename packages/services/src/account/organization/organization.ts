import {
  ServiceError,
  type TransactionContext,
  command,
  query,
  selectRow,
} from "../../platform/internal.ts";
import { ReadingSchedule, nightlySchedule } from "@ringfence/core/do-not-call/registry";
import type { Locale } from "@ringfence/core/platform/message";
import {
  ChangeOrganization,
  Dialer,
  OrganizationHours,
} from "@ringfence/core/account/organization";
import { sql } from "kysely";
import { z } from "zod";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";

/** Returns the organization's settings. */
export const readOrganization = query({
  name: "readOrganization",
  action: "organization.read",
  run: (ctx) => loadOrganization(ctx),
  audit: "none",
});

const OrganizationRow = z.object({
  name: z.string(),
  homeRegion: z.string(),
  zone: z.string(),
  locale: z.enum(["en", "ru"] satisfies Locale[]).catch("en"),
  dialer: Dialer,
  hours: OrganizationHours.nullable(),
  /** Days in which it answers a complaint where no law is known. */
  complaintDays: z.number(),
  /** Default times at which registries are read. */
  readings: ReadingSchedule.nullable().transform((given) => given ?? nightlySchedule),
});

/** Loads the organization's settings. */
export const loadOrganization = async ({ db, organizationId }: TransactionContext) =>
  OrganizationRow.parse(await db.organization.findUniqueOrThrow({ where: { id: organizationId } }));

/** Returns true if an organization was founded before all others of its installation. */
export async function isFirstOrganization(
  { prisma }: { prisma: Pick<Db["prisma"], "$kysely"> },
  id: OrganizationId,
): Promise<boolean> {
  const { isFirst } = await selectRow(
    { db: prisma },
    z.object({ isFirst: z.boolean() }),
    // A function, because a transaction of another organization does not see the first one.
    sql`SELECT scope.first_organization() IS NOT DISTINCT FROM ${id}::uuid AS "isFirst"`,
  );
  return isFirst;
}

/**
 * Changes the organization's name, how it reads numbers, its time zone, its language, its dialer, its calling hours
 * and the days in which it answers a complaint. If `before` is given, throws `conflict` when the settings are no longer
 * the same.
 */
export const changeOrganization = command({
  name: "changeOrganization",
  action: "organization.change",
  input: ChangeOrganization,
  run: async (ctx, { before, ...change }) => {
    const { db, organizationId } = ctx;
    const { hours, ...columns } = change;
    const { hours: hoursBefore, ...columnsBefore } = before ?? {};
    const where = { id: organizationId, ...columnsBefore };
    const { count } = await db.organization.updateMany({ where, data: columns });
    const isAsBefore = count > 0 && (await setHours(ctx, hours, hoursBefore));
    if (!isAsBefore) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
  },
  audit: (_, { before: _before, name: _name, hours, ...words }) => ({
    change: "organization",
    ...words,
    ...toAuditedHours(hours),
  }),
});

/** Sets the hours and returns true, unless `before` is given and is no longer what is stored. */
async function setHours(
  { db, organizationId }: TransactionContext,
  hours: OrganizationHours | null,
  before: OrganizationHours | null | undefined,
): Promise<boolean> {
  const count = await db.$executeRaw`
    UPDATE organization SET hours = ${toStoredHours(hours)}::jsonb
    WHERE id = ${organizationId}::uuid
      AND (${before === undefined} OR hours IS NOT DISTINCT FROM ${toStoredHours(before ?? null)}::jsonb)`;
  return count > 0;
}

/** Converts hours for SQL, because Prisma cannot set JSON to null. */
const toStoredHours = (hours: OrganizationHours | null) => hours && JSON.stringify(hours);

/** `MO TU 09:00-18:00` */
const toAuditedHours = (hours: OrganizationHours | null) =>
  hours && {
    hours: hours.windows.map(({ days, from, to }) => `${days.join(" ")} ${from}-${to}`).join(", "),
    holidaysClosed: hours.holidaysClosed,
  };
