import { ReplyReading } from "@ringfence/core/do-not-call/inbound";
import {
  type TransactionContext,
  command,
  holdLock,
  inTransaction,
  mapInTurns,
} from "../../platform/internal.ts";
import { JudgeCalls } from "@ringfence/core/calling/violation";
import { readFacts } from "../screening/internal.ts";
import { expandRejudgements } from "./queue.ts";
import { countCallsByDay, recordAbandonment } from "./abandonment.ts";
import { recordSpokenRefusals, suggestSoftRefusals } from "./spoken-refusals.ts";
import {
  type JudgedCall,
  type Readings,
  judgeWaitingCall,
  loadWaitingCalls,
} from "./judge-call.ts";
import { recordDoubts, writeViolations } from "./record.ts";
import { sql } from "kysely";

const timeoutMs = 60_000;

/**
 * Judges the first waiting calls by the law and the facts of their moment, and records violations. Returns
 * how many were judged; if none waited, how many requests to judge a phone's calls again were taken up; 0 if nothing
 * waits. A killed run loses nothing: calls that it did not record still wait.
 */
export const judgeCalls = command({
  name: "judgeCalls",
  action: "violation.find",
  input: JudgeCalls,
  transaction: "by run",
  run: async (ctx, { limit = 1_000 }): Promise<number> => {
    const { organizationId } = ctx;
    const { expanded, waiting, readings } = await inTransaction(
      ctx,
      async (ctx) => {
        const expanded = await expandRejudgements(ctx, limit);
        return {
          expanded,
          waiting: await loadWaitingCalls(ctx, limit),
          readings: await loadReadings(ctx),
        };
      },
      { timeoutMs },
    );
    const calls = [...new Map(waiting.map((call) => [call.callId, call])).values()];
    if (calls.length === 0) return expanded;

    // Read after the queue, so that an opt-out that put a call into the queue is seen.
    const asks = calls.map(({ phone, phoneKey, at }) => ({ organizationId, phone, phoneKey, at }));
    const facts = await readFacts(ctx, asks, timeoutMs);
    const judged = await mapInTurns(calls, (call, index) => {
      const factsOfCall = facts[index];
      if (factsOfCall === undefined) throw new Error("no facts about a call");
      return judgeWaitingCall(call, factsOfCall, readings);
    });
    const queue = waiting.map(({ queueId }) => queueId);
    await inTransaction(ctx, (ctx) => settle(ctx, judged, queue), { timeoutMs });
    return calls.length;
  },
  // Violations are records of their own.
  audit: "none",
});

/**
 * Records the outcome and removes the calls from the queue. What happens once for each call is done for those that this
 * transaction removed as new: another run may have judged the same calls.
 */
async function settle(ctx: TransactionContext, judged: readonly JudgedCall[], queue: string[]) {
  await holdLock(ctx, "violations");
  const { db, organizationId } = ctx;
  const removed = await db.$kysely
    .deleteFrom("callQueue")
    .where("organizationId", "=", organizationId)
    .where("id", "=", sql<string>`ANY (${queue}::uuid[])`)
    .returning(["callId", "isFirst"])
    .execute();
  const isFirst = new Set(removed.flatMap(({ callId, isFirst }) => (isFirst ? callId : [])));
  const first = judged.filter(({ callId }) => isFirst.has(callId));
  await writeViolations(ctx, judged);
  await recordDoubts(
    ctx,
    judged.filter(({ callId }) => !isFirst.has(callId)),
  );
  await countCallsByDay(ctx, first);
  await recordAbandonment(ctx, first);
  await recordSpokenRefusals(ctx, first);
  await suggestSoftRefusals(ctx, first);
}

/**
 * Loads the meanings of disposition codes. If several dialers use a code, "refusal" takes precedence over
 * "question", and that over "other".
 */
async function loadReadings({ db, organizationId }: TransactionContext): Promise<Readings> {
  const rows = await db.disposition.findMany({ where: { organizationId } });
  const read = rows
    .map(({ code, reading }) => [code, ReplyReading.parse(reading)] as const)
    .toSorted(([, a], [, b]) => weight(b) - weight(a));
  return Object.fromEntries(read);
}

const weight = (reading: ReplyReading) => ReplyReading.options.indexOf(reading);
