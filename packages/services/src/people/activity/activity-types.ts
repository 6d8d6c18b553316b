import { ServiceError, type TransactionContext, command } from "../../platform/internal.ts";
import { ActivityType, PropertyTypes, withCommonTypes } from "@ringfence/core/people/activity";

/**
 * Defines an activity type, or adds properties to one. The type of a property never changes, because stored
 * activities were read by it.
 */
export const defineActivityType = command({
  name: "defineActivityType",
  action: "activity-type.change",
  input: ActivityType,
  run: async (ctx, { key, properties: added }): Promise<ActivityType> => {
    const { db, organizationId } = ctx;
    // Creates the row if there is none and locks it, so that a concurrent change adds to this one.
    await db.activityType.createMany({
      data: { organizationId, key, properties: {} },
      skipDuplicates: true,
    });
    await db.$queryRaw`
      SELECT FROM activity_type
      WHERE organization_id = ${organizationId}::uuid AND key = ${key} FOR UPDATE`;
    const before = (await loadActivityTypes(ctx)).find((type) => type.key === key);
    const existing = before?.properties ?? {};
    const changed = Object.keys(added).find(
      (name) => existing[name] && existing[name] !== added[name],
    );
    if (changed !== undefined) {
      const values = { name: changed, type: String(existing[changed]) };
      const message = { key: "activity.property-fixed", values } as const;
      throw new ServiceError("conflict", message, `/properties/${changed}`);
    }
    const properties = { ...existing, ...added };
    if (!PropertyTypes.safeParse(properties).success) {
      throw new ServiceError("invalid", { key: "activity.properties-many" }, "/properties");
    }
    await db.activityType.updateMany({ where: { organizationId, key }, data: { properties } });
    return (
      withCommonTypes([{ key, properties }]).find((type) => type.key === key) ?? { key, properties }
    );
  },
  audit: (_, { key, properties }) => ({
    type: key,
    properties: Object.keys(properties).join(", "),
  }),
});

/** Loads the organization's activity types, with the common ones. */
export async function loadActivityTypes({
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
