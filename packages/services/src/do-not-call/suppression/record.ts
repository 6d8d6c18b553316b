import { ServiceError, command } from "../../platform/internal.ts";
import { readPhone } from "@ringfence/core/people/phone";
import { RecordSuppression, findSuppressionFault } from "@ringfence/core/do-not-call/suppression";
import { loadOrganization } from "../../account/organization/internal.ts";
import { internPhone } from "../../people/phone/internal.ts";
import { saveSuppressions } from "./append-suppressions.ts";

/** Records that a number must not be called. Safe to repeat. */
export const recordSuppression = command({
  name: "recordSuppression",
  action: "suppression.record",
  input: RecordSuppression,
  run: async (ctx, input) => {
    const { homeRegion } = await loadOrganization(ctx);
    const read = readPhone(input.phone, (input.region ?? homeRegion).toUpperCase());
    if ("fault" in read) throw new ServiceError("invalid", read.fault, "/phone");
    const { phone } = read;
    const ends = findSuppressionFault(input, ctx.now);
    if (ends) throw new ServiceError("invalid", ends, "/until");

    const phoneId = await internPhone(ctx, phone);
    const { reason, at = null, until = null } = input;
    const [outcome] = await saveSuppressions(ctx, [{ phoneId, reason, at, until }]);
    if (!outcome) throw new Error("a suppression was not put on record");
    return { ...outcome, phoneId, phone };
  },
  audit: ({ phoneId, id: suppressionId }) => ({ phoneId, suppressionId }),
});
