import {
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
} from "../../platform/internal.ts";
import { ChangeOrganization, type OrganizationHours } from "@ringfence/core/account/organization";

/**
 * Changes the organization's name, how it reads numbers, its time zone, its dialer and its calling hours.
 * Throws `conflict` if somebody else has changed it since.
 */
export const changeOrganization = command({
  name: "changeOrganization",
  action: "organization.change",
  input: ChangeOrganization,
  run: async (ctx, { before, ...change }) => {
    const { db, organizationId } = ctx;
    const { hours, ...words } = change;
    const { hours: hoursBefore, ...wordsBefore } = before ?? {};
    const where = { id: organizationId, ...wordsBefore };
    const { count } = await db.organization.updateMany({ where, data: words });
    const isAsBefore = count > 0 && (await setHours(ctx, hours, hoursBefore));
    if (!isAsBefore) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    const { name: _, ...audited } = words;
    await appendAudit(ctx, "organization.change", {
      change: "organization",
      ...audited,
      ...toAuditedHours(hours),
    });
  },
  audit: "by run",
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

/** Prisma writes no null as JSON. */
const toStoredHours = (hours: OrganizationHours | null) => hours && JSON.stringify(hours);

/** `MO TU 09:00-18:00` */
const toAuditedHours = (hours: OrganizationHours | null) =>
  hours && {
    hours: hours.windows.map(({ days, from, to }) => `${days.join(" ")} ${from}-${to}`).join(", "),
    holidaysClosed: hours.holidaysClosed,
  };
