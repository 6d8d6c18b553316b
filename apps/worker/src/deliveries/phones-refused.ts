import type { DialerChange } from "@ringfence/services/do-not-call/endpoint";
import { z } from "zod";

const Refusal = z.object({ phones: z.array(z.string()), scope: z.looseObject({}) });

/**
 * The numbers that a dialer may not call any more. It knows no scopes: a refusal of one seller or
 * purpose stops all its calls, and one of profiling alone stops none.
 */
export function phonesRefused({ event, data }: DialerChange): readonly string[] {
  if (event !== "opt-out.recorded") return [];
  const { phones, scope } = Refusal.parse(data);
  return "profiling" in scope ? [] : phones;
}
