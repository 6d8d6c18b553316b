import type { ConsentId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { consentsSentTogether } from "./consents-sent-together.ts";
import { readEveryEvent } from "./read-events.ts";
import { takeBack } from "./take-back.ts";

/** Takes back one consent of those that a receipt covers, and no other of the phone. Safe to repeat. */
export async function withdrawByReceipt(
  ctx: ServiceContext,
  { receipt, consent }: { receipt: ConsentId; consent: ConsentId },
): Promise<void> {
  allow(ctx, "own-record.withdraw");

  return inTransaction(ctx, async (ctx) => {
    const covered = await consentsSentTogether(ctx, receipt);
    const [known] = covered.includes(consent) ? await readEveryEvent(ctx, { consent }) : [];
    if (!known) throw new ServiceError("not-found", { key: "consent.not-found" });
    await takeBack(ctx, known, { consent, channel: "web" });
  });
}
