import type { ReadNumber } from "@ringfence/core/screening";
import { allow } from "../access/allow.ts";
import { readAudited } from "../access/read-audited.ts";
import type { RootContext } from "../context.ts";
import { judgeNow, type NumberSeen, readOnRecord } from "./number-seen.ts";

/** All that is known of a phone on record. Of one that was erased there is no number to judge. */
export async function readNumber(
  ctx: RootContext,
  { phoneId, ...look }: ReadNumber,
): Promise<NumberSeen> {
  allow(ctx, "phone.read");

  const { phone, ...onRecord } = await readAudited(ctx, "phone.read", phoneId, (ctx) =>
    readOnRecord(ctx, phoneId, look),
  );
  const reading = phone && { phone };
  return { ...onRecord, reading, judged: reading && (await judgeNow(ctx, reading, look)) };
}
