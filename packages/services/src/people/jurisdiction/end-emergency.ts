import type { EndEmergency } from "@ringfence/core/people/jurisdiction";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** An emergency is over, from now on; what was judged during it stays. Says `not-found` where there is none. */
export async function endEmergency(ctx: ServiceContext, { id }: EndEmergency): Promise<void> {
  allow(ctx, "emergency.declare");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now: until } = ctx;
    const [ended] = await db.emergency.updateManyAndReturn({
      where: { organizationId, id, until: null },
      data: { until },
      select: { jurisdiction: true },
    });
    if (ended === undefined)
      throw new ServiceError("not-found", { key: "jurisdiction.emergency-over" });
    const { jurisdiction } = ended;
    await appendAudit(ctx, "emergency.declare", { jurisdiction, change: "over" });
  });
}
