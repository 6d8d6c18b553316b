import { command } from "../../platform/verb.ts";
import { SetReadings } from "@ringfence/core/do-not-call/registry";
import { appendAudit } from "../../platform/audit/append-audit.ts";

/** Says when the organization's registries are read, but for those that have times of their own. */
export const setReadings = command({
  name: "setReadings",
  action: "registry.change",
  input: SetReadings,
  run: async (ctx, { zone, readings }) => {
    const { db, organizationId } = ctx;
    await db.organization.update({ where: { id: organizationId }, data: { zone, readings } });
    const { fromMinute, withinMinutes, weekdays } = readings;
    const times = { zone, fromMinute, withinMinutes, weekdays: weekdays.join(" ") };
    await appendAudit(ctx, "registry.change", { change: "readings", ...times });
  },
  audit: "by run",
});
