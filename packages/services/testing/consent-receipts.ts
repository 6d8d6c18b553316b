import type { RootContext } from "../src/platform/context.ts";
import { submitHostedForm } from "../src/consents/capture-form/submit.ts";
import { openConsentReceipt } from "../src/consents/consent/receipt.ts";
import { aDisclosure, aDraft, aForm, aboutData } from "./forms.ts";
import { aHostedSubmission } from "./submissions.ts";

/** A form with two texts was sent, both agreed to; who opens its receipt, and by which link. */
export async function aConsentReceipt(ctx: RootContext, typed: object = {}) {
  const disclosures = [await aDisclosure(ctx), await aDisclosure(ctx, aDraft({}, aboutData))];
  const { address } = await aForm(ctx, { disclosures });
  const { form, ...sent } = await aHostedSubmission(ctx, address, typed);
  const { receipt: link } = await submitHostedForm(form, sent);
  return { link: link ?? "", address, ...(await openConsentReceipt(ctx, link ?? "")) };
}
