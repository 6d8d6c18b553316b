import type { HostedPage } from "@ringfence/core/consents/capture-form";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { makeToken } from "./issue-form-token.ts";
import { type ShownForm, shownForm } from "./show-form.ts";

export type OpenedForm = {
  form: ShownForm;
  /** For one sending of `page` as it is. */
  token: string;
  /** Description of what is shown, as JSON. It comes back with the form. */
  page: string;
};

/**
 * Opens a form on its own page. `describe` says what that page shows; the token seals it, so that what goes
 * on record is what the person saw, whatever is changed before they send it.
 */
export async function openHostedForm(
  ctx: ServiceContext,
  describe: (form: ShownForm) => HostedPage,
): Promise<OpenedForm> {
  allow(ctx, "consent.capture");

  return inTransaction(ctx, async (ctx) => {
    const form = await shownForm(ctx);
    const page = JSON.stringify(describe(form));
    const shownOn = { type: "hosted", page } as const;
    const { token } = await makeToken(ctx, { version: form.version, shownOn });
    return { form, token, page };
  });
}
