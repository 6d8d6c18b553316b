import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { Submission } from "@ringfence/core/consents/capture-form";
import { actingForm } from "./form-context.ts";
import { originOfForm } from "./issue-form-token.ts";
import { publishedForm } from "./published-form.ts";
import type { SeenOfSender } from "./received.ts";
import { recordSubmission, requireToken, type Taken } from "./record-submission.ts";

/** A submission from a page of another site; `origin` is what its browser reports. */
type Sent = SeenOfSender & { submission: Submission; origin: string | null };

/** Takes a form that stands in a page of another site: what it showed, that page says. */
export const takeSubmission = command({
  name: "takeSubmission",
  action: "consent.capture",
  input: z.custom<Sent>(),
  run: async (ctx, { origin: named, ...sent }): Promise<Taken> => {
    const form = await publishedForm(ctx, actingForm(ctx));
    const placement = { type: "embedded", origin: originOfForm(form.settings, named) } as const;
    const token = requireToken(ctx, form, { text: sent.submission.token, shownOn: placement });
    return recordSubmission(ctx, form, { ...sent, token, placement });
  },
  audit: "by run",
});
