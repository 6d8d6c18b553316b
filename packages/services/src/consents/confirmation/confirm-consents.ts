import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { ConfirmationId } from "@ringfence/core/ids";
import { actingPerson } from "../../platform/access/acting-person.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";
import { appendAnswers, type AnsweredBy } from "./append-answers.ts";
import { type ConfirmationRow, lockConfirmation } from "./lock-confirmation.ts";

/**
 * The person says yes by the link that we sent them. Only now they have agreed; as nobody else can
 * answer it, this lifts an earlier refusal for its seller and purposes (contract 6). Safe to repeat.
 */
export const confirmConsents = command({
  name: "confirmConsents",
  action: "consent.answer",
  input: z.custom<{ confirmationId: ConfirmationId } & AnsweredBy>(),
  run: async (ctx, { confirmationId, ...by }) => {
    const { db, organizationId, now } = ctx;
    const confirmation = await lockConfirmation(ctx, confirmationId);
    if (confirmation.confirmedAt !== null) return;
    requireOpen(confirmation, now);

    const [phone] = await db.phone.findMany({
      where: { organizationId, id: confirmation.phoneId },
    });
    if (phone === undefined || phone.e164 === null)
      throw new ServiceError("not-found", { key: "confirmation.not-found" });
    await lockPhones(ctx, [actingPerson(ctx)]);
    await appendAnswers(ctx, confirmation, "granted", by);
    await db.confirmation.updateMany({
      where: { organizationId, id: confirmationId },
      data: { confirmedAt: now },
    });
    await appendAudit(ctx, "consent.answer", { phoneId: actingPerson(ctx), confirmationId });
  },
  audit: "by run",
});

export function requireOpen(confirmation: ConfirmationRow, now: Date) {
  const { isAsked, disownedAt, expiresAt } = confirmation;
  if (!isAsked) throw new ServiceError("conflict", { key: "confirmation.not-asked" });
  if (disownedAt !== null) throw new ServiceError("conflict", { key: "confirmation.disowned" });
  if (expiresAt <= now) throw new ServiceError("conflict", { key: "confirmation.expired" });
}
