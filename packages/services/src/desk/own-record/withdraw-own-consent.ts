import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { ConsentId } from "@ringfence/core/ids";
import { actingPerson } from "../../platform/access/acting-person.ts";
import { readEveryEvent } from "../../consents/consent/events.ts";
import { takeBack } from "../../consents/consent/withdraw.ts";
import { ServiceError } from "../../platform/errors.ts";

/**
 * A person takes back one consent to calls to their phone, whole, as easily as it was given (GDPR
 * art. 7(3)); what else they agreed to stands. Safe to repeat.
 */
export const withdrawOwnConsent = command({
  name: "withdrawOwnConsent",
  action: "own-record.withdraw",
  input: z.custom<{ consent: ConsentId }>(),
  run: async (ctx, { consent }) => {
    const phoneId = actingPerson(ctx);
    const [known] = await readEveryEvent(ctx, { consent });
    // Of another phone it looks the same as none.
    if (known?.phoneId !== phoneId) {
      throw new ServiceError("not-found", { key: "consent.not-found" });
    }
    await takeBack(ctx, known, { consent, channel: "web" });
  },
  audit: "by run",
});
