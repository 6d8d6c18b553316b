import { command } from "../../platform/verb.ts";
import { EndClosedDay } from "@ringfence/core/people/jurisdiction";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";

/** Removes days without calls from now on; earlier verdicts stay. Throws `not-found` if there are none. */
export const endClosedDay = command({
  name: "endClosedDay",
  action: "closed-day.change",
  input: EndClosedDay,
  run: async (ctx, { id }): Promise<void> => {
    const { db, organizationId, now: until } = ctx;
    const [ended] = await db.closedDay.updateManyAndReturn({
      where: { organizationId, id, until: null },
      data: { until },
      select: { jurisdiction: true },
    });
    if (ended === undefined)
      throw new ServiceError("not-found", { key: "jurisdiction.closed-day-over" });
    const { jurisdiction } = ended;
    const told = { closedDayId: id, jurisdiction, change: "taken-back" };
    await appendAudit(ctx, "closed-day.change", told);
  },
  audit: "by run",
});
