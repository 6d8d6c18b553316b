import type { DialerChange } from "@ringfence/services/do-not-call/endpoint";
import { z } from "zod";

const Refusal = z.object({ phones: z.array(z.string()), scope: z.looseObject({}) });

/**
 * The numbers that a dialer may no longer call. A dialer knows no scopes: an opt-out for one seller
 * or purpose stops all its calls, and one for profiling alone stops none.
 */
export function phonesRefused({ event, data }: DialerChange): readonly string[] {
  if (event !== "opt-out.recorded") return [];
  const { phones, scope } = Refusal.parse(data);
  return "profiling" in scope ? [] : phones;
}
