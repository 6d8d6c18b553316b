import { query } from "../../platform/verb.ts";
import { z } from "zod";
import type { Message } from "@ringfence/core/platform/message";
import type { OptOutId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { findCorrectionFault } from "./correction-facts.ts";
import { requireOptOut } from "./require-opt-out.ts";
import { type CorrectionTold, tellCorrections } from "./tell-corrections.ts";
import { type OptOutListed, tellOptOuts, toldOptOut } from "./tell-opt-outs.ts";

export type OptOutRead = OptOutListed & {
  /** What officers asked for, the last first; one that nobody has answered waits. */
  corrections: readonly CorrectionTold[];
  /** Why it cannot be corrected, whoever asks. */
  whyNotCorrect: Message | null;
  /** For an opt-out typed on the public page: whether it came with a proof of work, and its burst. */
  anonymous: { hasProof: boolean; burstId: string | null } | null;
};

/** One refusal, and what became of it. */
export const readOptOut = query({
  name: "readOptOut",
  action: "opt-out.read",
  input: z.custom<{ id: OptOutId }>(),
  run: async (ctx, { id }): Promise<OptOutRead> => {
    const { db, organizationId } = ctx;
    const optOut = await requireOptOut(ctx, id);
    await appendAudit(ctx, "opt-out.read", { phoneId: optOut.phoneId, optOutId: id });
    const rows = await db.optOut.findMany({ where: { organizationId, id }, include: toldOptOut });
    const [told] = await tellOptOuts(ctx, rows);
    if (!told) throw new Error("a refusal was found once, and not twice");
    return {
      ...told,
      corrections: await tellCorrections(ctx, { optOutId: id }),
      whyNotCorrect: await findCorrectionFault(ctx, id),
      anonymous: await findAnonymous(ctx, id),
    };
  },
  audit: "by run",
});

async function findAnonymous({ db, organizationId }: TransactionContext, optOutId: OptOutId) {
  const row = await db.anonymousRefusal.findFirst({
    where: { organizationId, optOutId, isNew: true },
    include: { inBurst: true },
  });
  return row && { hasProof: row.hasProof, burstId: row.inBurst[0]?.burstId ?? null };
}
