import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { ProcessingForm } from "@/features/desk/processing-record/processing-form";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("processing");
  return { title: t("changeTitle") };
}

export default async function ChangeProcessingPage() {
  const member = await requireMember("processing-record.change");
  const [t, { details }] = await Promise.all([
    getTranslations("processing"),
    api.processing.read(),
  ]);
  return (
    <FormPage title={t("changeTitle")} note={t("changeNote")}>
      <ProcessingForm details={details} whyNot={await whyNot(member, "processing-record.change")} />
    </FormPage>
  );
}
