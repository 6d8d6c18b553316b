import { query } from "../../platform/verb.ts";
import { type ReadPhone, readPhone } from "@ringfence/core/people/phone";
import { FindNumber } from "@ringfence/core/calling/screening";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { type TransactionContext, inTransaction } from "../../platform/context.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { type NumberSeen, judgeNow, readOnRecord, unmet } from "./number-seen.ts";
import { type StoredPhone, findPhone } from "../../people/phone/find-phone.ts";

/**
 * All that is known of a number that somebody has written in some way: how it was read, whose it is,
 * what a screening would say now, and what happened with it. Who looked is on record before they
 * see it, also where there was nothing to see.
 */
export const findNumber = query({
  name: "findNumber",
  action: "phone.read",
  input: FindNumber,
  transaction: "by run",
  run: async (ctx, { phone, region, ...look }): Promise<NumberSeen> => {
    const { reading, found } = await inTransaction(ctx, async (ctx) => {
      const { homeRegion } = await organizationOf(ctx);
      const reading = readPhone(phone, (region ?? homeRegion).toUpperCase());
      return { reading, found: await findAudited(ctx, reading) };
    });
    const judged = await judgeNow(ctx, reading, look);
    const onRecord = found ? await readOnRecord(ctx, found, look, judged) : unmet;
    return { ...onRecord, reading, judged };
  },
  audit: "by run",
});

async function findAudited(
  ctx: TransactionContext,
  reading: ReadPhone,
): Promise<StoredPhone | null> {
  if ("fault" in reading) return null;

  const found = await findPhone(ctx, reading.phone);
  await appendAudit(ctx, "phone.read", found ? { phoneId: found.id } : { isOnRecord: false });
  return found;
}
