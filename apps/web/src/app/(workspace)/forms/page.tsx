import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Empty, PageHead, Skeleton } from "@/components/page-layout";
import { NewLink } from "@/components/buttons";
import { FormTable } from "@/features/consents/capture-form/list/form-table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("captureForms");
  return { title: t("title") };
}

export default async function FormsPage() {
  const member = await requireMember("capture-form.read");
  const t = await getTranslations("captureForms");
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <NewLink href="/forms/new" whyNot={await whyNot(member, "capture-form.change")}>
          {t("new")}
        </NewLink>
      </PageHead>
      <Suspense fallback={<Skeleton label={t("reading")} />}>
        <Forms />
      </Suspense>
    </>
  );
}

async function Forms() {
  const [t, forms] = [await getTranslations("captureForms"), await api.captureForm.list()];
  if (forms.length === 0) return <Empty title={t("empty")}>{t("emptyBody")}</Empty>;
  return <FormTable forms={forms} />;
}
