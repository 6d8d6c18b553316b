import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { ConsentId } from "@ringfence/core/ids";
import { ServiceError } from "../../platform/errors.ts";
import { consentsSentTogether } from "./consents-sent-together.ts";
import { readEveryEvent } from "./read-events.ts";
import { takeBack } from "./take-back.ts";

/** Takes back one consent of those that a receipt covers, and no other of the phone. Safe to repeat. */
export const withdrawByReceipt = command({
  name: "withdrawByReceipt",
  action: "own-record.withdraw",
  input: z.custom<{ receipt: ConsentId; consent: ConsentId }>(),
  run: async (ctx, { receipt, consent }): Promise<void> => {
    const covered = await consentsSentTogether(ctx, receipt);
    const [known] = covered.includes(consent) ? await readEveryEvent(ctx, { consent }) : [];
    if (!known) throw new ServiceError("not-found", { key: "consent.not-found" });
    await takeBack(ctx, known, { consent, channel: "web" });
  },
  audit: "by run",
});
