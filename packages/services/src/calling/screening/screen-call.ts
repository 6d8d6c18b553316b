import {
  type RootContext,
  allowSeller,
  appendAudit,
  command,
  inTransaction,
} from "../../platform/internal.ts";
import type { PhoneId } from "@ringfence/core/ids";
import { ScreenCall, listAgentDuties } from "@ringfence/core/calling/screening";
import type { DutyRule } from "@ringfence/core/people/jurisdiction";
import { type ResolvedCall, resolveNamedCall, resolveUsualCall } from "./resolve-call.ts";
import { loadFacts, resolveRequest } from "./load-facts.ts";
import { toScreeningFacts } from "./to-facts.ts";
import { type ScreeningResult, toScreeningResult } from "./screening-result.ts";
import { MAX_ATTEMPTS, addPermit, recordScreeningShared, toScreeningRecord } from "./record.ts";
import type { ReadPhone } from "@ringfence/core/people/phone";

/**
 * Decides whether a call may be placed now, or whether it might have been at `at`. A live verdict is
 * recorded before it is returned.
 */
export const screenCall = command({
  name: "screenCall",
  action: "screening.run",
  input: ScreenCall,
  transaction: "by run",
  run: async (ctx, input): Promise<ScreeningResult> => {
    const reading = await resolveRequest(ctx, input);
    for (let turn = 0; turn < MAX_ATTEMPTS; turn++) {
      const facts = await loadFacts(ctx, reading, input.at ?? null, { campaign: input.campaign });
      const call = resolveNamedCall(input, facts.settings);
      allowSeller(ctx, call.seller.id);

      const judged = toScreeningResult(reading, call, facts);
      if (call.at !== null) {
        await auditWhatIf(ctx, facts.row.phoneId);
        return judged.answer;
      }
      const record = toScreeningRecord(ctx, call, facts, judged);
      // Nobody receives the permit before the screening is recorded, so it can be signed at the same time.
      const [answer, isOnRecord] = await Promise.all([
        addPermit(ctx.keys, record),
        recordScreeningShared(ctx.db, record),
      ]);
      if (isOnRecord) return answer;
    }
    throw new Error("permits for one person were issued faster than they could be counted");
  },
  // `run` audits a what-if. A live screening is a record of its own.
  audit: "by run",
});

/** A what-if leaves no screening, but its answer says what is on record about the number. */
const auditWhatIf = (ctx: RootContext, phoneId: PhoneId | null) =>
  inTransaction(ctx, (ctx) =>
    appendAudit(ctx, "screening.run", { ...(phoneId && { phoneId }), whatIf: true }),
  );

/** The named parts of a call; the others have their usual values. */
type NamedCall = Pick<ScreenCall, "seller" | "dialer"> & { purpose?: string | undefined };

/** The answer that a screening would give, and what the law requires the agent to say where the person is. */
export type CallPreview = {
  call: ResolvedCall;
  answer: ScreeningResult;
  duties: readonly DutyRule[];
};

/**
 * Returns what `screenCall` would answer at the instant at which the facts are read, for a call without a campaign. It
 * is a what-if: nothing is recorded, no permit is issued, and the caller audits the access. Throws if the actor does
 * not work for the seller.
 */
export const previewCall = async (
  ctx: RootContext,
  reading: ReadPhone,
  { seller, purpose, dialer }: NamedCall,
): Promise<CallPreview> => {
  const facts = await loadFacts(ctx, reading, null);
  const { settings, row } = facts;
  const usual = resolveUsualCall(ctx.actor, settings, { seller, purpose });
  const named = { ...usual, dialer, at: row.now };
  const call = resolveNamedCall(named, settings);
  allowSeller(ctx, call.seller.id);
  const duties =
    "fault" in reading ? [] : listAgentDuties(toScreeningFacts(reading.phone, call, row, settings));
  return { call, answer: toScreeningResult(reading, call, facts).answer, duties };
};
