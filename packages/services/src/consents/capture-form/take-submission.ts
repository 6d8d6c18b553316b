import type { Submission } from "@ringfence/core/consents/capture-form";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { actingForm } from "./form-context.ts";
import { originOfForm } from "./issue-form-token.ts";
import { publishedForm } from "./published-form.ts";
import type { SeenOfSender } from "./received.ts";
import { recordSubmission, requireToken, type Taken } from "./record-submission.ts";

/** A submission from a page of another site; `origin` is what its browser reports. */
type Sent = SeenOfSender & { submission: Submission; origin: string | null };

/** Takes a form that stands in a page of another site: what it showed, that page says. */
export async function takeSubmission(
  ctx: ServiceContext,
  { origin: named, ...sent }: Sent,
): Promise<Taken> {
  allow(ctx, "consent.capture");

  return inTransaction(ctx, async (ctx) => {
    const form = await publishedForm(ctx, actingForm(ctx));
    const placement = { type: "embedded", origin: originOfForm(form.settings, named) } as const;
    const token = requireToken(ctx, form, { text: sent.submission.token, shownOn: placement });
    return recordSubmission(ctx, form, { ...sent, token, placement });
  });
}
