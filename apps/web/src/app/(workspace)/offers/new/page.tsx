import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { OfferForm } from "@/features/audience/offer/form/offer-form";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("offerForm");
  return { title: t("newTitle") };
}

export default async function NewOfferPage() {
  await requireMember("offer.change");
  const [t, purposes, segments] = await Promise.all([
    getTranslations("offerForm"),
    api.purpose.list(),
    api.segment.list(),
  ]);
  return (
    <FormPage title={t("newTitle")} note={t("note")}>
      <OfferForm offer={null} purposes={purposes} segments={segments} whyNot={undefined} />
    </FormPage>
  );
}
