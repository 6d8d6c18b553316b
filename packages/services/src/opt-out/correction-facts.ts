import { type CorrectableOptOut, correctionFault } from "@ringfence/core/opt-out";
import { z } from "zod";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import type { OptOutFound } from "./require-opt-out.ts";

const RecordedBy = z.object({ type: z.string().optional(), id: z.string().optional() });

/** A text or a key pressed, as a provider hands it on, comes from the number itself. */
function isPersonsOwn({ channel, actor }: Pick<OptOutFound, "channel" | "actor">): boolean {
  const { type, id } = RecordedBy.parse(actor);
  if (type === "person") return true;
  return type === "job" && id === "inbound" && (channel === "sms" || channel === "ivr");
}

/** What decides whether a refusal can be corrected. */
export async function correctionFacts(
  { db, organizationId }: TransactionContext,
  optOut: OptOutFound,
): Promise<CorrectableOptOut> {
  const { id, phoneId } = optOut;
  const phone = await db.phone.findFirst({ where: { organizationId, id: phoneId } });
  const accepted = await db.optOutCorrectionAnswer.findFirst({
    where: { organizationId, optOutId: id, isAccepted: true },
  });
  // Whoever refuses again by a click or a form is answered with the first: the audit trail tells of it.
  const again = await db.auditEntry.findFirst({
    where: {
      organizationId,
      phoneId,
      action: "opt-out.record",
      AND: [
        { details: { path: ["optOutId"], equals: id } },
        { details: { path: ["isRepeat"], equals: true } },
      ],
    },
    orderBy: { at: "asc" },
  });
  return {
    isErased: (phone?.e164 ?? null) === null,
    correctedAt: accepted?.answeredAt ?? null,
    isPersonsOwn: isPersonsOwn(optOut),
    saidAgainAt: again?.at ?? null,
  };
}

/** Asked once its phone is locked: what is said again meanwhile waits, and is then a refusal of its own. */
export async function requireCorrectable(ctx: TransactionContext, optOut: OptOutFound) {
  const fault = correctionFault(await correctionFacts(ctx, optOut));
  if (fault) throw new ServiceError("conflict", fault);
}
