import type { RootContext } from "../src/platform/context.ts";
import { submitHostedForm } from "../src/consents/capture-form/submit.ts";
import { openConsentReceipt } from "../src/consents/consent/receipt.ts";
import { aDisclosure, aDraft, aForm, aboutData } from "./forms.ts";
import { aHostedSubmission } from "./submissions.ts";

/**
 * Submits a form with two texts, both agreed to, and returns the link of its receipt and a context that
 * opens it.
 */
export async function aConsentReceipt(ctx: RootContext, typed: object = {}) {
  const disclosures = [await aDisclosure(ctx), await aDisclosure(ctx, aDraft({}, aboutData))];
  const { address } = await aForm(ctx, { disclosures });
  const { form, ...sent } = await aHostedSubmission(ctx, address, typed);
  const { receipt: link } = await submitHostedForm(form, sent);
  return { link: link ?? "", address, ...(await openConsentReceipt(ctx, link ?? "")) };
}
