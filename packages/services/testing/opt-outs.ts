import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import type { ServiceContext } from "../src/platform/context.ts";
import { optOut } from "../src/do-not-call/opt-out/opt-out.ts";

/** The answer to a refusal whose number can be read. */
export async function recorded(ctx: ServiceContext, input: RecordOptOut) {
  const { answer, fault } = await optOut(ctx, input);
  if (fault) throw new Error(fault.key);
  return answer;
}
