import type { RecordOptOut } from "@ringfence/core/opt-out";
import type { ServiceContext } from "../src/context.ts";
import { optOut } from "../src/opt-out/opt-out.ts";

/** The answer to a refusal whose number can be read. */
export async function recorded(ctx: ServiceContext, input: RecordOptOut) {
  const { answer, fault } = await optOut(ctx, input);
  if (fault) throw new Error(fault.key);
  return answer;
}
