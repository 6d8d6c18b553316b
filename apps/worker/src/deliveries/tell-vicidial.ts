import {
  type VicidialSettings,
  vicidialFault,
  vicidialRefusal,
} from "@ringfence/core/do-not-call/endpoint";
import type { DeliveryMessage, DeliveryOutcome } from "@ringfence/services/do-not-call/endpoint";
import { type Answer, type NoAnswer, type Reach, exchange } from "./exchange.ts";
import { phonesRefused } from "./phones-refused.ts";
import { toDeliveryOutcome } from "./delivery-outcome.ts";

/** Asks the non-agent API, by POST: numbers and passwords have no business in an address. */
export const askVicidial = (
  { url }: VicidialSettings,
  asked: Readonly<Record<string, string>>,
  reach: Reach,
): Promise<Answer | NoAnswer> =>
  exchange(
    {
      url,
      headers: { "content-type": "application/x-www-form-urlencoded", "user-agent": "Ringfence" },
      body: new URLSearchParams(asked).toString(),
    },
    reach,
  );

/** Puts the numbers on VICIdial's own list, and takes their leads out of its hopper. */
export async function tellVicidial(
  { settings, change }: Extract<DeliveryMessage, { kind: "vicidial" }>,
  reach: Reach,
): Promise<DeliveryOutcome> {
  for (const phone of phonesRefused(change)) {
    for (const asked of vicidialRefusal(phone, settings)) {
      const answer = await askVicidial(settings, asked, reach);
      if ("fault" in answer || answer.status !== 200) return toDeliveryOutcome(answer);
      const fault = vicidialFault(answer.text);
      if (fault !== null) return { fault };
    }
  }
  return { status: 200 };
}
