import { type ReadCallRow, readCallRow } from "@ringfence/core/call";
import {
  answerRows,
  type ManyRows,
  type RowOutcome,
  type RowsAnswer,
  rejected,
} from "@ringfence/core/rows";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { organizationOf } from "../organization/organization-of.ts";
import { purposesOf } from "../purpose/purposes-of.ts";
import { sellersOf } from "../seller/sellers-of.ts";
import { insertCalls } from "./insert-calls.ts";
import { unknownScreenings } from "./unknown-screenings.ts";

/**
 * Puts calls on record, from the dialer's log. One whose external id is on record is unchanged, so
 * that a log with ids can be sent again.
 */
export async function recordCalls(
  ctx: ServiceContext,
  { rows, firstLine = 1 }: ManyRows,
): Promise<RowsAnswer> {
  allow(ctx, "call.record");

  const recordAll = async (ctx: TransactionContext) => {
    const world = {
      sellers: await sellersOf(ctx),
      purposes: await purposesOf(ctx),
      region: (await organizationOf(ctx)).homeRegion,
      now: ctx.now,
    };
    const read = rows.map((row, index) => readCallRow(firstLine + index, row, world));
    const calls = read.filter((row) => row.status === "read");
    const unreadable = read.filter((row) => row.status === "rejected");
    const outcomes = [...unreadable, ...(await record(ctx, calls))];
    const answer = answerRows(outcomes.toSorted((a, b) => a.line - b.line));
    await appendAudit(ctx, "call.record", {
      accepted: answer.accepted,
      rejected: answer.rejected,
    });
    return answer;
  };
  return inTransaction(ctx, recordAll, { timeoutMs: 60_000 });
}

async function record(
  ctx: TransactionContext,
  calls: readonly ReadCallRow[],
): Promise<RowOutcome[]> {
  const unknown = await unknownScreenings(
    ctx,
    calls.flatMap(({ row }) => row.screening ?? []),
  );
  const isKnown = ({ row }: ReadCallRow) => !row.screening || !unknown.has(row.screening);
  const known = calls.filter(isKnown);
  const isNew = await insertCalls(ctx, known);
  return [
    ...known.map(
      ({ line }, index) => ({ line, status: isNew[index] ? "created" : "unchanged" }) as const,
    ),
    ...calls
      .filter((call) => !isKnown(call))
      .map(({ line }) => rejected(line, { key: "call.screening-unknown" }, "/screening")),
  ];
}
