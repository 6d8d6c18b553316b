import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { ConfirmationId } from "@ringfence/core/ids";
import { actingPerson } from "../../platform/access/acting-person.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";
import { appendAnswers, type AnsweredBy } from "./append-answers.ts";
import { lockConfirmation } from "./lock-confirmation.ts";

/**
 * The person says that it was not them who filled in the form: its consents are as if never given,
 * however late this comes. Safe to repeat.
 */
export const disownConsents = command({
  name: "disownConsents",
  action: "consent.answer",
  input: z.custom<{ confirmationId: ConfirmationId } & Omit<AnsweredBy, "act">>(),
  run: async (ctx, { confirmationId, ...by }) => {
    const { db, organizationId } = ctx;
    const confirmation = await lockConfirmation(ctx, confirmationId);
    if (confirmation.disownedAt !== null) return;

    const later = await lockPhones(ctx, [actingPerson(ctx)]);
    await appendAnswers(later, confirmation, "invalidated", { act: "disowned", ...by });
    await db.confirmation.updateMany({
      where: { organizationId, id: confirmationId },
      data: { disownedAt: later.now },
    });
    await appendAudit(ctx, "consent.answer", {
      phoneId: actingPerson(ctx),
      confirmationId,
      isDisowned: true,
    });
  },
  audit: "by run",
});
