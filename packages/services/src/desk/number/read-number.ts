import { query } from "../../platform/verb.ts";
import type { PhoneId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import { ReadNumber } from "@ringfence/core/calling/screening";
import { readAudited } from "../../platform/access/read-audited.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { type NumberSeen, judgeNow, readOnRecord } from "./number-seen.ts";

/** All that is known of a phone on record. Of one that was erased there is no number to judge. */
export const readNumber = query({
  name: "readNumber",
  action: "phone.read",
  input: ReadNumber,
  transaction: "by run",
  run: async (ctx, { phoneId: id, ...look }): Promise<NumberSeen> => {
    const phone = await readAudited(ctx, "phone.read", id, (ctx) => numberOf(ctx, id));
    const reading = phone && { phone };
    const judged = reading && (await judgeNow(ctx, reading, look));
    const onRecord = await readOnRecord(ctx, { id, isErased: phone === null }, look, judged);
    return { ...onRecord, reading, judged };
  },
  audit: "by run",
});

async function numberOf({ db, organizationId }: TransactionContext, id: PhoneId) {
  const [row] = await db.$queryRaw<{ e164: Phone | null }[]>`
    SELECT e164 FROM phone WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
  return row?.e164 ?? null;
}
