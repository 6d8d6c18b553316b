import type { SetReadings } from "@ringfence/core/do-not-call/registry";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";

/** Says when the organization's registries are read, but for those that have times of their own. */
export async function setReadings(ctx: ServiceContext, { zone, readings }: SetReadings) {
  allow(ctx, "registry.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    await db.organization.update({ where: { id: organizationId }, data: { zone, readings } });
    const { fromMinute, withinMinutes, weekdays } = readings;
    const times = { zone, fromMinute, withinMinutes, weekdays: weekdays.join(" ") };
    await appendAudit(ctx, "registry.change", { change: "readings", ...times });
  });
}
