import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { HostedPage } from "@ringfence/core/consents/capture-form";
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
export const openHostedForm = command({
  name: "openHostedForm",
  action: "consent.capture",
  input: z.custom<(form: ShownForm) => HostedPage>(),
  run: async (ctx, describe): Promise<OpenedForm> => {
    const form = await shownForm(ctx);
    const page = JSON.stringify(describe(form));
    const shownOn = { type: "hosted", page } as const;
    const { token } = await makeToken(ctx, { version: form.version, shownOn });
    return { form, token, page };
  },
  audit: "by run",
});
