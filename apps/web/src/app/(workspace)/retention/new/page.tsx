import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { RetentionForm } from "@/features/desk/retention/retention-form";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("retention");
  return { title: t("newTitle") };
}

export default async function NewRetentionPage() {
  const member = await requireMember("retention.change");
  const [t, { inForce }] = await Promise.all([getTranslations("retention"), api.retention.read()]);
  return (
    <FormPage title={t("newTitle")} note={t("newNote")}>
      <RetentionForm
        chosen={(inForce?.terms ?? []).filter(({ rule }) => rule === null)}
        whyNot={await whyNot(member, "retention.change")}
      />
    </FormPage>
  );
}
