import type { DeliveryOutcome } from "@ringfence/services/do-not-call/endpoint";
import type { Answer, NoAnswer } from "./exchange.ts";

/** Reads the outcome of a delivery from the status of the answer alone. */
export function toDeliveryOutcome(answer: Answer | NoAnswer): DeliveryOutcome {
  if ("fault" in answer) return answer;
  const { status, retryAfterSeconds } = answer;
  return retryAfterSeconds === null ? { status } : { status, retryAfterSeconds };
}
