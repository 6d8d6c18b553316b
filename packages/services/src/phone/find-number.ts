import { type ReadPhone, readPhone } from "@ringfence/core/phone";
import type { FindNumber } from "@ringfence/core/screening";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type RootContext, type TransactionContext } from "../context.ts";
import { organizationOf } from "../organization/organization-of.ts";
import {
  judgeNow,
  type NumberOnRecord,
  type NumberSeen,
  readOnRecord,
  unmet,
} from "./number-seen.ts";
import { phoneOnRecord } from "./phone-on-record.ts";

/**
 * All that is known of a number that somebody has written in some way: how it was read, whose it is,
 * what a screening would say now, and what happened with it. Who looked is on record before they
 * see it, also where there was nothing to see.
 */
export async function findNumber(ctx: RootContext, input: FindNumber): Promise<NumberSeen> {
  allow(ctx, "phone.read");

  const { reading, onRecord } = await inTransaction(ctx, async (ctx) => {
    const { homeRegion } = await organizationOf(ctx);
    const reading = readPhone(input.phone, (input.region ?? homeRegion).toUpperCase());
    return { reading, onRecord: await look(ctx, reading, input) };
  });
  return { ...onRecord, reading, judged: await judgeNow(ctx, reading, input) };
}

async function look(
  ctx: TransactionContext,
  reading: ReadPhone,
  input: FindNumber,
): Promise<NumberOnRecord> {
  if ("fault" in reading) return unmet;

  const found = await phoneOnRecord(ctx, reading.phone);
  await appendAudit(ctx, "phone.read", found ? { phoneId: found.id } : { isOnRecord: false });
  return found ? readOnRecord(ctx, found.id, input) : unmet;
}
