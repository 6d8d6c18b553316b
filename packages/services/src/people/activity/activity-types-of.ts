import { ActivityType, withCommonTypes } from "@ringfence/core/people/activity";
import type { TransactionContext } from "../../platform/context.ts";

/** The types of activities that an organization knows. */
export async function activityTypesOf({
  db,
  organizationId,
}: TransactionContext): Promise<ActivityType[]> {
  const rows = await db.activityType.findMany({
    where: { organizationId },
    select: { key: true, properties: true },
    orderBy: { key: "asc" },
  });
  return withCommonTypes(rows.map((row) => ActivityType.parse(row)));
}
