import type { PhoneId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import type { ReadNumber } from "@ringfence/core/calling/screening";
import { allow } from "../../platform/access/allow.ts";
import { readAudited } from "../../platform/access/read-audited.ts";
import type { RootContext, TransactionContext } from "../../platform/context.ts";
import { judgeNow, type NumberSeen, readOnRecord } from "./number-seen.ts";

/** All that is known of a phone on record. Of one that was erased there is no number to judge. */
export async function readNumber(
  ctx: RootContext,
  { phoneId: id, ...look }: ReadNumber,
): Promise<NumberSeen> {
  allow(ctx, "phone.read");

  const phone = await readAudited(ctx, "phone.read", id, (ctx) => numberOf(ctx, id));
  const reading = phone && { phone };
  const judged = reading && (await judgeNow(ctx, reading, look));
  const onRecord = await readOnRecord(ctx, { id, isErased: phone === null }, look, judged);
  return { ...onRecord, reading, judged };
}

async function numberOf({ db, organizationId }: TransactionContext, id: PhoneId) {
  const [row] = await db.$queryRaw<{ e164: Phone | null }[]>`
    SELECT e164 FROM phone WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
  return row?.e164 ?? null;
}
