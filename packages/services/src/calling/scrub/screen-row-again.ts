import { query } from "../../platform/verb.ts";
import {
  type ComparedVerdict,
  compareVerdicts,
  type Refusal,
  ScrubRow,
} from "@ringfence/core/calling/screening";
import { type FileContext, inTransaction } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { judgeAgain } from "../screening/judge-again.ts";
import type { ScreenedAgain } from "../screening/screen-again.ts";
import type { ScreeningAnswer } from "../screening/screening-answer.ts";
import type { ResultRow } from "./find-row.ts";
import { auditRow, keptRow, requireScrubRow, type ScrubDone } from "./read-scrub-row.ts";

/** Screens the call of a row again at the instant of its scrub, by what is known now: a what-if. */
export const screenRowAgain = query({
  name: "screenRowAgain",
  action: "scrub.read",
  input: ScrubRow,
  transaction: "by run",
  run: async (ctx: FileContext, asked: ScrubRow): Promise<ScreenedAgain> => {
    const { scrub, region } = await inTransaction(ctx, (ctx) => requireScrubRow(ctx, asked));
    const kept = await keptRow(ctx, scrub, asked, region);
    if (kept === null) throw new ServiceError("invalid", { key: "error.row-erased-again" });
    const { phone } = kept;
    if (phone === null) throw new ServiceError("invalid", { key: "error.no-number-again" });
    await inTransaction(ctx, (ctx) => auditRow(ctx, asked, phone, { again: true }));

    const { seller: sellerId, purpose, dialer, editions } = scrub.record.checked;
    const call = { phone, at: scrub.at, sellerId, purpose, dialer };
    const own = { campaign: null, permitId: null, ownCalls: [] };
    const answer = await judgeAgain(ctx, { ...call, ...own, editions });
    return {
      answer,
      difference: compareVerdicts(verdictThen(kept, scrub, answer), byReason(answer)),
    };
  },
  audit: "by run",
});

/** Only the reasons of a row are on record. Their facts are taken to be as they are now. */
function verdictThen(
  { verdict, reasons }: ResultRow,
  { record: { checked } }: ScrubDone,
  now: ScreeningAnswer,
): ComparedVerdict {
  const asked = new Set(now.checked.editions.map(({ registry }) => registry));
  const editions = checked.editions.filter(({ registry }) => asked.has(registry));
  return {
    verdict,
    refusals: reasons.map(alone),
    warnings: [],
    checked: {
      ...now.checked,
      rules: checked.rules,
      editions: editions.map((edition) => ({ ...edition, ageDays: 0, limitDays: 0 })),
    },
  };
}

const byReason = ({ verdict, refusals, checked }: ScreeningAnswer): ComparedVerdict => ({
  verdict,
  refusals: [...new Set(refusals.map(({ reason }) => reason))].map(alone),
  warnings: [],
  checked,
});

const alone = (reason: Refusal["reason"]): Refusal => ({
  reason,
  message: { key: "refusal.unknown-words" },
});
