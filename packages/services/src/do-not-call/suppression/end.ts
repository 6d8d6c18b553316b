import { ServiceError, command } from "../../platform/internal.ts";
import { PhoneId } from "@ringfence/core/ids";
import { EndSuppression, SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { lockPhones } from "../../people/phone/internal.ts";
import { recordSuppressionStatements } from "../../proof/record/internal.ts";

/**
 * Ends a suppression from now on, with the reason. One that has not begun never takes effect. Calls that it
 * stopped, or that were placed in spite of it, stay judged as they were.
 */
export const endSuppression = command({
  name: "endSuppression",
  action: "suppression.end",
  input: EndSuppression,
  run: async (ctx, { id }) => {
    const { db, organizationId } = ctx;
    const found = await db.suppression.findFirst({ where: { organizationId, id } });
    if (!found) throw new ServiceError("not-found", { key: "suppression.not-found" });
    const phoneId = PhoneId.parse(found.phoneId);
    const { now } = await lockPhones(ctx, [phoneId]);

    const until = found.at > now ? found.at : now;
    const { count } = await db.suppression.updateMany({
      where: { organizationId, id, OR: [{ until: null }, { until: { gt: until } }] },
      data: { until },
    });
    if (count === 0) throw new ServiceError("conflict", { key: "suppression.ended" });
    const ended = {
      id,
      phoneId,
      reason: SuppressionReason.parse(found.reason),
      at: found.at,
      until,
    };
    await recordSuppressionStatements(ctx, "suppression.ended", [ended]);
    return { phoneId, until };
  },
  audit: ({ phoneId }, { id: suppressionId, reason }) => ({
    phoneId,
    suppressionId,
    ended: reason,
  }),
  answer: ({ until }) => ({ until }),
});
