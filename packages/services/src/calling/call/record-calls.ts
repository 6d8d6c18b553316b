import { type CallLog, readCallRow, readLogRow } from "@ringfence/core/calling/call";
import { type ManyRows, type RowsAnswer, answerRows } from "@ringfence/core/platform/rows";
import { allow } from "../../platform/access/allow.ts";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  type ServiceContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { putCalls } from "./put-calls.ts";

/** Calls as we ask for them, or as rows of a dialer's own log by the names of its columns. */
export type RecordCalls = ManyRows & { log?: CallLog };

/**
 * Puts calls on record, from the dialer's log. One whose external id is on record is unchanged, so
 * that a log with ids can be sent again. Who is limited to some sellers tells of no other's calls. Rows of a log that are no calls are told of by nothing.
 */
export async function recordCalls(
  ctx: ServiceContext,
  { rows, firstLine = 1, log }: RecordCalls,
): Promise<RowsAnswer> {
  allow(ctx, "call.record");

  const recordAll = async (ctx: TransactionContext) => {
    const { homeRegion: region, zone } = await organizationOf(ctx);
    const theirs = sellersSeenBy(ctx.actor);
    const sellers = (await sellersOf(ctx)).filter(({ id }) => theirs?.includes(id) ?? true);
    const purposes = await purposesOf(ctx);
    const world = { sellers, purposes, region, now: ctx.now };
    const readOne = (row: unknown, line: number) =>
      log === undefined
        ? readCallRow(line, row, world)
        : readLogRow(line, row, { ...log, zone: log.zone ?? zone }, world);
    const read = rows.flatMap((row, index) => readOne(row, firstLine + index) ?? []);
    const calls = read.filter((row) => row.status === "read");
    const unreadable = read.filter((row) => row.status === "rejected");
    const outcomes = [...unreadable, ...(await putCalls(ctx, calls))];
    const answer = answerRows(outcomes.toSorted((a, b) => a.line - b.line));
    await appendAudit(ctx, "call.record", {
      accepted: answer.accepted,
      rejected: answer.rejected,
    });
    return answer;
  };
  return inTransaction(ctx, recordAll, { timeoutMs: 60_000 });
}
