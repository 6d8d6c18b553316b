import { command } from "../../platform/verb.ts";
import { EndEmergency } from "@ringfence/core/people/jurisdiction";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";

/** An emergency is over, from now on; what was judged during it stays. Says `not-found` where there is none. */
export const endEmergency = command({
  name: "endEmergency",
  action: "emergency.declare",
  input: EndEmergency,
  run: async (ctx, { id }): Promise<void> => {
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
  },
  audit: "by run",
});
