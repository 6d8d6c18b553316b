import {
  type TransactionContext,
  appendAudit,
  selectRows,
  toStoredActor,
} from "../../platform/internal.ts";
import { recordReply } from "../../do-not-call/inbound/internal.ts";
import { findForgedCorrections, isUncorrected } from "../../proof/record/internal.ts";
import { saveOptOuts } from "../../do-not-call/opt-out/internal.ts";
import type { JudgedCall } from "./judge-call.ts";
import { type EndedCall, findSoftRefusal, findSoftSign } from "@ringfence/core/calling/call";
import { PhoneId } from "@ringfence/core/ids";
import { toStoredMessage } from "@ringfence/core/platform/message";
import { DAY_MS } from "@ringfence/core/platform/time";
import { sql } from "kysely";
import { z } from "zod";

/**
 * Time from the start of the call to the opt-out. The person opted out during the call, so the call itself did not
 * come after the opt-out.
 */
const SAID_AFTER_MS = 1_000;

/**
 * Records opt-outs that the call log reports and that nobody recorded; they count from their call on. A code that
 * only looks like one becomes a question for an officer. Call it once for each call.
 */
export async function recordSpokenRefusals(ctx: TransactionContext, judged: readonly JudgedCall[]) {
  const unheard = judged.filter(({ isUnheard }) => isUnheard);
  if (unheard.length > 0) {
    await saveOptOuts(
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

/**
 * Length of the fixed periods, counted from 1970. In each of them, an officer is asked at most once about the pattern
 * of a phone's calls.
 */
const PERIOD_DAYS = 90;

const EndedRow = z.object({
  phoneId: PhoneId,
  at: z.date(),
  outcome: z.string().nullable(),
  seconds: z.int().nullable(),
}) satisfies z.ZodType<EndedCall>;

/** Asks an officer about phones whose calls repeatedly ended as if the called people wanted no calls. */
export async function suggestSoftRefusals(ctx: TransactionContext, judged: readonly JudgedCall[]) {
  const { db, organizationId, now, actor } = ctx;
  const phoneIds = judged.flatMap((call) => (findSoftSign(call) === null ? [] : call.phoneId));
  if (phoneIds.length === 0) return;
  const forged = await findForgedCorrections(ctx);
  const rows = await selectRows(
    ctx,
    EndedRow,
    sql`
    SELECT phone_id, at, outcome, seconds FROM call
    WHERE organization_id = ${organizationId}::uuid AND phone_id = ANY (${phoneIds}::uuid[])
      AND at > ${now}::timestamptz - interval '30 days'
      AND NOT EXISTS (
        SELECT FROM opt_out_known AS opt_out
        WHERE opt_out.organization_id = call.organization_id AND opt_out.phone_id = call.phone_id
          AND scope = 'all' AND ${isUncorrected("opt_out", forged)})`,
  );
  const suggested = [...Map.groupBy(rows, ({ phoneId }) => phoneId)].flatMap(([phoneId, calls]) => {
    const pattern = findSoftRefusal(calls, now);
    return pattern === null ? [] : [{ phoneId, pattern }];
  });
  const unasked = await filterUnasked(
    ctx,
    suggested.map(({ phoneId }) => phoneId),
  );
  await db.refusalQuestion.createMany({
    data: suggested
      .filter(({ phoneId }) => unasked.has(phoneId))
      .map(({ phoneId, pattern }) => ({
        organizationId,
        phoneId,
        channel: "disposition",
        text: "",
        pattern: toStoredMessage(pattern),
        receivedAt: now,
        actor: toStoredActor(actor),
      })),
  });
}

/**
 * Returns the phones about which nobody was asked in this period, and marks them as asked. The row's unique key
 * decides.
 */
async function filterUnasked(
  { db, organizationId, now }: TransactionContext,
  phoneIds: readonly PhoneId[],
): Promise<ReadonlySet<string>> {
  if (phoneIds.length === 0) return new Set();
  const period = Math.floor(now.getTime() / (PERIOD_DAYS * DAY_MS));
  const questions = phoneIds.map((phoneId) => ({
    organizationId,
    provider: "pattern",
    externalId: `${phoneId}/${period}`,
    receivedAt: now,
  }));
  const rows = await db.$kysely
    .insertInto("inboundMessage")
    .values(questions)
    .onConflict((conflict) => conflict.doNothing())
    .returning("externalId")
    .execute();
  return new Set(rows.map(({ externalId }) => externalId.split("/")[0] ?? ""));
}
