import { nightly, ReadingSchedule } from "@ringfence/core/do-not-call/registry";
import type { Locale } from "@ringfence/core/platform/message";
import { OrganizationHours } from "@ringfence/core/account/organization";
import { Dialer } from "@ringfence/core/account/organization";
import { z } from "zod";
import type { TransactionContext } from "../../platform/context.ts";

const OrganizationRow = z.object({
  name: z.string(),
  homeRegion: z.string(),
  zone: z.string(),
  locale: z.enum(["en", "ru"] satisfies Locale[]).catch("en"),
  dialer: Dialer,
  hours: OrganizationHours.nullable(),
  /** When its registries are read. */
  readings: ReadingSchedule.nullable().transform((given) => given ?? nightly),
});

/** What the organization says of itself: its name, how numbers are read, what dials, and where its days begin. */
export const organizationOf = async ({ db, organizationId }: TransactionContext) =>
  OrganizationRow.parse(await db.organization.findUniqueOrThrow({ where: { id: organizationId } }));
