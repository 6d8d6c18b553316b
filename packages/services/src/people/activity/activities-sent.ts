import { z } from "zod";
import type { TransactionContext } from "../../platform/context.ts";

const SHOWN = 20;

const Told = z.object({
  accepted: z.int(),
  rejected: z.int(),
  /** By which fields, and how many: `at 3, contact 2`. */
  refused: z.string().default(""),
});

/** What was sent at once: how much of it was taken, and by which fields how much was not. */
export type SentActivities = z.infer<typeof Told> & { at: Date };

/** The last times that rows were refused. Each sender was told of every line why. */
export async function activitiesSent({
  db,
  organizationId,
}: TransactionContext): Promise<SentActivities[]> {
  const rows = await db.auditEntry.findMany({
    where: {
      organizationId,
      action: "activity.record",
      details: { path: ["rejected"], gt: 0 },
    },
    select: { at: true, details: true },
    orderBy: { at: "desc" },
    take: SHOWN,
  });
  return rows.map(({ at, details }) => ({ at, ...Told.parse(details) }));
}
