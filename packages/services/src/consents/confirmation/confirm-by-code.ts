import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { ConfirmationId } from "@ringfence/core/ids";
import { PhoneId } from "@ringfence/core/ids";
import { ServiceError } from "../../platform/errors.ts";
import { isCode } from "../../platform/keys/code.ts";
import type { AnsweredBy } from "./append-answers.ts";
import { confirmConsents, requireOpen } from "./confirm-consents.ts";
import { linkReceipt, lockConfirmation } from "./lock-confirmation.ts";

/** Of a million codes, so many may be tried. */
const MOST_ATTEMPTS = 5;

type ByCode = { confirmationId: ConfirmationId; code: string } & Omit<AnsweredBy, "act">;

/**
 * The person types the code of the message into the page on which they filled in the form. Null for a
 * wrong code, which counts; a right one is a yes, and answers with the receipt of what they agreed to.
 */
export const confirmByCode = command({
  name: "confirmByCode",
  action: "consent.capture",
  input: z.custom<ByCode>(),
  run: async (ctx, { confirmationId, code, ...by }): Promise<{ receipt: string } | null> => {
    const { db, organizationId } = ctx;
    const confirmation = await lockConfirmation(ctx, confirmationId);
    requireOpen(confirmation, ctx.now);
    if (confirmation.means !== "sms" || confirmation.attempts >= MOST_ATTEMPTS) {
      throw new ServiceError("conflict", { key: "confirmation.too-often" });
    }
    const parts = { organizationId, id: confirmationId };
    if (!isCode(ctx.keys, "confirmation code", parts, code)) {
      await db.confirmation.updateMany({
        where: { organizationId, id: confirmationId },
        data: { attempts: { increment: 1 } },
      });
      return null;
    }
    const phoneId = PhoneId.parse(confirmation.phoneId);
    const person = { ...ctx, actor: { type: "person", phoneId } as const };
    await confirmConsents(person, { confirmationId, act: "code typed", ...by });
    return { receipt: linkReceipt(ctx, confirmation) };
  },
  audit: "by run",
});
