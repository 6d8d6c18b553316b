import { command } from "../../platform/verb.ts";
import { ActivityType, PropertyTypes, withCommonTypes } from "@ringfence/core/people/activity";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import type { TransactionContext } from "../../platform/context.ts";

/**
 * Lets activities be of a type, or say more than they could. What a property holds stays as it is:
 * what is on record was read by it.
 */
export const defineActivityType = command({
  name: "defineActivityType",
  action: "activity-type.change",
  input: ActivityType,
  run: async (ctx, { key, properties: added }): Promise<ActivityType> => {
    const { db, organizationId } = ctx;
    // Locked first, so that of two at once the second adds to what the first has added.
    await db.activityType.createMany({
      data: { organizationId, key, properties: {} },
      skipDuplicates: true,
    });
    await db.$queryRaw`
      SELECT FROM activity_type
      WHERE organization_id = ${organizationId}::uuid AND key = ${key} FOR UPDATE`;
    const before = (await loadActivityTypes(ctx)).find((type) => type.key === key);
    const known = before?.properties ?? {};
    const changed = Object.keys(added).find((name) => known[name] && known[name] !== added[name]);
    if (changed !== undefined) {
      const values = { name: changed, type: String(known[changed]) };
      const message = { key: "activity.property-fixed", values } as const;
      throw new ServiceError("conflict", message, `/properties/${changed}`);
    }
    const properties = { ...known, ...added };
    if (!PropertyTypes.safeParse(properties).success) {
      throw new ServiceError("invalid", { key: "activity.properties-many" }, "/properties");
    }
    await db.activityType.updateMany({ where: { organizationId, key }, data: { properties } });
    await appendAudit(ctx, "activity-type.change", {
      type: key,
      properties: Object.keys(added).join(", "),
    });
    return (
      withCommonTypes([{ key, properties }]).find((type) => type.key === key) ?? { key, properties }
    );
  },
  audit: "by run",
});

/** The types of activities that an organization knows. */
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
