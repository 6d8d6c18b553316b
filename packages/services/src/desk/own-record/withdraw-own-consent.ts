import { ServiceError, command, requirePersonPhone } from "../../platform/internal.ts";
import { WithdrawOwnConsent } from "@ringfence/core/desk/own-record";
import { loadAllEvents, recordWithdrawal } from "../../consents/consent/internal.ts";

/**
 * Withdraws one consent of the acting person entirely, as easily as it was given (GDPR art. 7(3)). Their
 * other consents stay. Safe to repeat.
 */
export const withdrawOwnConsent = command({
  name: "withdrawOwnConsent",
  action: "own-record.withdraw",
  input: WithdrawOwnConsent,
  run: async (ctx, { consent }) => {
    const phoneId = requirePersonPhone(ctx);
    const [known] = await loadAllEvents(ctx, { consent });
    // A consent of another phone looks as if it did not exist.
    if (known?.phoneId !== phoneId) {
      throw new ServiceError("not-found", { key: "consent.not-found" });
    }
    await recordWithdrawal(ctx, known, { consent, channel: "web" });
  },
  audit: "by run",
});
