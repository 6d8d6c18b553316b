import type { EndClosedDay } from "@ringfence/core/people/jurisdiction";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** Removes days without calls from now on; earlier verdicts stay. Throws `not-found` if there are none. */
export async function endClosedDay(ctx: ServiceContext, { id }: EndClosedDay): Promise<void> {
  allow(ctx, "closed-day.change");

  await inTransaction(ctx, async (ctx) => {
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
  });
}
