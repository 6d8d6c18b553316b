import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { recordReply } from "../../do-not-call/inbound/record-reply.ts";
import { appendOptOuts } from "../../do-not-call/opt-out/append-opt-outs.ts";
import type { JudgedCall } from "./judge-waiting.ts";

/** It was said in the call, so after it began: the call itself was not after a refusal. */
const SAID_AFTER_MS = 1_000;

/**
 * Takes what the log says that people said: a refusal is put on record, whoever forgot to, and counts
 * from its call on; a code that only looks like one is a question for a person.
 */
export async function hearRefusals(ctx: TransactionContext, judged: readonly JudgedCall[]) {
  const unheard = judged.filter(({ isUnheard }) => isUnheard);
  if (unheard.length > 0) {
    await appendOptOuts(
      ctx,
      unheard.map(({ phoneId, at }) => ({
        phoneId,
        scope: { scope: "all" },
        channel: "disposition",
        at: new Date(Math.min(at.getTime() + SAID_AFTER_MS, ctx.now.getTime())),
      })),
    );
    await appendAudit(ctx, "opt-out.record", { heard: unheard.length });
  }
  for (const { callId, phone, reading, outcome } of judged) {
    if (reading !== "question" || phone === null) continue;
    await recordReply(ctx, {
      provider: "call log",
      externalId: callId,
      channel: "disposition",
      phone,
      reading,
      text: outcome ?? "",
    });
  }
}
