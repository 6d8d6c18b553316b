import type { DeliveryMessage, DeliveryOutcome } from "@ringfence/services/do-not-call/endpoint";
import { type Reach, exchange, toDeliveryOutcome } from "./exchange.ts";
import { tellBitrix24, tellVicidial } from "./tell-dialers.ts";

/** Tells an endpoint of one change, in its own way; safe to repeat. */
export async function tell(
  told: Exclude<DeliveryMessage, { kind: "sftp" }>,
  reach: Reach,
): Promise<DeliveryOutcome> {
  switch (told.kind) {
    case "webhook":
      return toDeliveryOutcome(await exchange(told.request, reach));
    case "vicidial":
      return tellVicidial(told, reach);
    case "bitrix24":
      return tellBitrix24(told, reach);
  }
}
