import type { Message } from "@ringfence/core/platform/message";
import type { OptOutId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  inTransaction,
  type ServiceContext,
  type TransactionContext,
} from "../../platform/context.ts";
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
export async function readOptOut(
  ctx: ServiceContext,
  { id }: { id: OptOutId },
): Promise<OptOutRead> {
  allow(ctx, "opt-out.read");

  return inTransaction(ctx, async (ctx) => {
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
  });
}

async function findAnonymous({ db, organizationId }: TransactionContext, optOutId: OptOutId) {
  const row = await db.anonymousRefusal.findFirst({
    where: { organizationId, optOutId, isNew: true },
    include: { inBurst: true },
  });
  return row && { hasProof: row.hasProof, burstId: row.inBurst[0]?.burstId ?? null };
}
