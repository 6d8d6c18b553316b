import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { actingForm } from "./form-context.ts";
import { publishedForm } from "./published-form.ts";

/** Whether pages of an origin may talk to the form. */
export async function isFormOrigin(ctx: ServiceContext, origin: string): Promise<boolean> {
  allow(ctx, "consent.capture");

  return inTransaction(ctx, async (ctx) => {
    const { settings } = await publishedForm(ctx, actingForm(ctx));
    return settings.origins.includes(origin);
  });
}
