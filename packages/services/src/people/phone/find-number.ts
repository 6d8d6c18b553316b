import { type ReadPhone, readPhone } from "@ringfence/core/people/phone";
import type { FindNumber } from "@ringfence/core/calling/screening";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  inTransaction,
  type RootContext,
  type TransactionContext,
} from "../../platform/context.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { judgeNow, type NumberSeen, readOnRecord, unmet } from "./number-seen.ts";
import { type PhoneOnRecord, phoneOnRecord } from "./phone-on-record.ts";

/**
 * All that is known of a number that somebody has written in some way: how it was read, whose it is,
 * what a screening would say now, and what happened with it. Who looked is on record before they
 * see it, also where there was nothing to see.
 */
export async function findNumber(
  ctx: RootContext,
  { phone, region, ...look }: FindNumber,
): Promise<NumberSeen> {
  allow(ctx, "phone.read");

  const { reading, found } = await inTransaction(ctx, async (ctx) => {
    const { homeRegion } = await organizationOf(ctx);
    const reading = readPhone(phone, (region ?? homeRegion).toUpperCase());
    return { reading, found: await findAudited(ctx, reading) };
  });
  const judged = await judgeNow(ctx, reading, look);
  const onRecord = found ? await readOnRecord(ctx, found, look, judged) : unmet;
  return { ...onRecord, reading, judged };
}

async function findAudited(
  ctx: TransactionContext,
  reading: ReadPhone,
): Promise<PhoneOnRecord | null> {
  if ("fault" in reading) return null;

  const found = await phoneOnRecord(ctx, reading.phone);
  await appendAudit(ctx, "phone.read", found ? { phoneId: found.id } : { isOnRecord: false });
  return found;
}
