import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import type { ServiceContext } from "../src/platform/context.ts";
import { recordOptOut } from "../src/do-not-call/opt-out/record.ts";

/** Records an opt-out whose number can be read, and returns the result. */
export async function recorded(ctx: ServiceContext, input: RecordOptOut) {
  const { answer, fault } = await recordOptOut(ctx, input);
  if (fault) throw new Error(fault.key);
  return answer;
}
