import type { DeliveryOutcome } from "@ringfence/services/do-not-call/endpoint";
import type { Answer, NoAnswer } from "./exchange.ts";

/** What came of telling, by the status of the answer alone. */
export function outcomeOf(answer: Answer | NoAnswer): DeliveryOutcome {
  if ("fault" in answer) return answer;
  const { status, retryAfterSeconds } = answer;
  return retryAfterSeconds === null ? { status } : { status, retryAfterSeconds };
}
