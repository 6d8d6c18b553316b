import { command } from "../../platform/verb.ts";
import { z } from "zod";
import { actingForm } from "./form-context.ts";
import { publishedForm } from "./published-form.ts";

/** Whether pages of an origin may talk to the form. */
export const isFormOrigin = command({
  name: "isFormOrigin",
  action: "consent.capture",
  input: z.custom<string>(),
  run: async (ctx, origin): Promise<boolean> => {
    const { settings } = await publishedForm(ctx, actingForm(ctx));
    return settings.origins.includes(origin);
  },
  audit: "by run",
});
