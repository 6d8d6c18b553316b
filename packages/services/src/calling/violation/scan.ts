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
import { findAbandonment, countCallsByDay } from "./abandonment.ts";
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
 * how many were judged, or else for how many phones there was nothing to judge again; 0 if nothing waits. A
 * killed run loses nothing: unrecorded calls still wait.
 */
export const judgeCalls = command({
  name: "judgeCalls",
  action: "violation.find",
  input: JudgeCalls,
  transaction: "by run",
  run: async (ctx, { limit = 1_000 }): Promise<number> => {
    const { organizationId } = ctx;
    const { taken, waiting, readings } = await inTransaction(
      ctx,
      async (ctx) => {
        const taken = await expandRejudgements(ctx, limit);
        return {
          taken,
          waiting: await loadWaitingCalls(ctx, limit),
          readings: await loadReadings(ctx),
        };
      },
      { timeoutMs },
    );
    const calls = [...new Map(waiting.map((call) => [call.callId, call])).values()];
    if (calls.length === 0) return taken;

    // Read after the queue, so that an opt-out that put a call into the queue is seen.
    const asks = calls.map(({ phone, phoneKey, at }) => ({ organizationId, phone, phoneKey, at }));
    const facts = await readFacts(ctx, asks, timeoutMs);
    const judged = await mapInTurns(calls, (call, index) => {
      const about = facts[index];
      if (about === undefined) throw new Error("no answer about a call");
      return judgeWaitingCall(call, about, readings);
    });
    const queue = waiting.map(({ queueId }) => queueId);
    await inTransaction(ctx, (ctx) => settle(ctx, judged, queue), { timeoutMs });
    return calls.length;
  },
  // Violations are records of their own.
  audit: "none",
});

async function settle(ctx: TransactionContext, judged: readonly JudgedCall[], queue: string[]) {
  await holdLock(ctx, "violations");
  const { db, organizationId } = ctx;
  const taken = await db.$kysely
    .deleteFrom("callQueue")
    .where("organizationId", "=", organizationId)
    .where("id", "=", sql<string>`ANY (${queue}::uuid[])`)
    .returning(["callId", "isFirst"])
    .execute();
  const isFirst = new Set(taken.flatMap(({ callId, isFirst }) => (isFirst ? callId : [])));
  const first = judged.filter(({ callId }) => isFirst.has(callId));
  await writeViolations(ctx, judged);
  await recordDoubts(
    ctx,
    judged.filter(({ callId }) => !isFirst.has(callId)),
  );
  await countCallsByDay(ctx, first);
  await findAbandonment(ctx, first);
  await recordSpokenRefusals(ctx, first);
  await suggestSoftRefusals(ctx, first);
}

/**
 * Loads the meanings of disposition codes. If several dialers use a code, "refusal" takes precedence over
 * "question".
 */
async function loadReadings({ db, organizationId }: TransactionContext): Promise<Readings> {
  const rows = await db.disposition.findMany({ where: { organizationId } });
  const read = rows
    .map(({ code, reading }) => [code, ReplyReading.parse(reading)] as const)
    .toSorted(([, a], [, b]) => weight(b) - weight(a));
  return Object.fromEntries(read);
}

const weight = (reading: ReplyReading) => ReplyReading.options.indexOf(reading);
