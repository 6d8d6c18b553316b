import { allow } from "../../platform/access/allow.ts";
import {
  type ServiceContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { actingForm } from "./form-context.ts";
import { type PublishedForm, publishedForm } from "./published-form.ts";

/** A form as its own page shows it. */
export type ShownForm = PublishedForm & { seller: string; homeRegion: string };

/** Reads a form for its own page, with the name of its seller. */
export async function showForm(ctx: ServiceContext): Promise<ShownForm> {
  allow(ctx, "consent.capture");

  return inTransaction(ctx, shownForm);
}

export async function shownForm(ctx: TransactionContext): Promise<ShownForm> {
  const form = await publishedForm(ctx, actingForm(ctx));
  const sellerId = form.disclosures[0]?.terms.seller;
  const seller = (await sellersOf(ctx)).find(({ id }) => id === sellerId)?.name ?? "";
  const { homeRegion } = await organizationOf(ctx);
  return { ...form, seller, homeRegion };
}
