import type { DeliveryOutcome, DeliveryMessage } from "@ringfence/services/do-not-call/endpoint";
import { exchange, type Reach } from "./exchange.ts";
import { outcomeOf } from "./outcome-of.ts";
import { tellBitrix24 } from "./tell-bitrix24.ts";
import { tellVicidial } from "./tell-vicidial.ts";

/** Tells an endpoint of one change, in its own way; safe to repeat. */
export async function tell(
  told: Exclude<DeliveryMessage, { kind: "sftp" }>,
  reach: Reach,
): Promise<DeliveryOutcome> {
  switch (told.kind) {
    case "webhook":
      return outcomeOf(await exchange(told.request, reach));
    case "vicidial":
      return tellVicidial(told, reach);
    case "bitrix24":
      return tellBitrix24(told, reach);
  }
}
