import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ListPage, ListRows } from "@/components/list-page";
import { Reading } from "@/components/page-layout";
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
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <NewLink href="/forms/new" whyNot={await whyNot(member, "capture-form.change")}>
          {t("new")}
        </NewLink>
      }
    >
      <Reading>
        <Forms />
      </Reading>
    </ListPage>
  );
}

async function Forms() {
  const [t, forms] = [await getTranslations("captureForms"), await api.captureForm.list()];
  return (
    <ListRows isEmpty={forms.length === 0} empty={{ title: t("empty"), body: t("emptyBody") }}>
      <FormTable forms={forms} />
    </ListRows>
  );
}
