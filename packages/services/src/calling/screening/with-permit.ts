import type { Keys } from "../../platform/keys/keys.ts";
import { permitFor } from "./permit.ts";
import type { ScreeningOnRecord } from "./record-screenings.ts";
import type { ScreeningAnswer } from "./screening-answer.ts";

/** An answer that gives leave, with the permit that proves it; any other as it is. */
export async function withPermit(
  keys: Keys,
  { organizationId, call, answer }: ScreeningOnRecord,
): Promise<ScreeningAnswer> {
  const { id: screeningId, phone, expiresAt, checked } = answer;
  if (expiresAt === undefined || phone === null) return answer;
  const permit = await permitFor(keys, {
    organizationId,
    screeningId,
    phone,
    seller: call.seller.id,
    purpose: call.purpose.key,
    dialer: call.dialer,
    campaign: call.campaign,
    at: checked.at,
    lifeSeconds: call.lifeSeconds,
  });
  return { ...answer, permit };
}
