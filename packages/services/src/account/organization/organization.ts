import { type TransactionContext, query } from "../../platform/internal.ts";
import { ReadingSchedule, nightlySchedule } from "@ringfence/core/do-not-call/registry";
import type { Locale } from "@ringfence/core/platform/message";
import { Dialer, OrganizationHours } from "@ringfence/core/account/organization";
import { z } from "zod";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";

/** Returns how the organization reads numbers and dials, and its time zone. */
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
  /** When the organization's registries are read. */
  readings: ReadingSchedule.nullable().transform((given) => given ?? nightlySchedule),
});

/** Loads the organization's settings. */
export const loadOrganization = async ({ db, organizationId }: TransactionContext) =>
  OrganizationRow.parse(await db.organization.findUniqueOrThrow({ where: { id: organizationId } }));

/** Returns true if an organization was founded before all others of its installation. */
export async function isFirstOrganization(
  { prisma }: { prisma: Pick<Db["prisma"], "organization"> },
  id: OrganizationId,
): Promise<boolean> {
  const first = await prisma.organization.findFirst({
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return first?.id === id;
}
