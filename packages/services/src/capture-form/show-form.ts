import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { organizationOf } from "../organization/organization-of.ts";
import { sellersOf } from "../seller/sellers-of.ts";
import { actingForm } from "./form-context.ts";
import { issueFormToken } from "./issue-form-token.ts";
import { publishedForm } from "./published-form.ts";

/** A form as the hosted page shows it, with the token to send it once. */
export async function showForm(ctx: ServiceContext) {
  allow(ctx, "consent.capture");

  return inTransaction(ctx, async (ctx) => {
    const form = await publishedForm(ctx, actingForm(ctx));
    const { token, issuedAt } = await issueFormToken(ctx, { origin: null });
    const sellerId = form.disclosures[0]?.terms.seller;
    const seller = (await sellersOf(ctx)).find(({ id }) => id === sellerId)?.name ?? "";
    const { homeRegion } = await organizationOf(ctx);
    return { ...form, token, issuedAt, seller, homeRegion };
  });
}
