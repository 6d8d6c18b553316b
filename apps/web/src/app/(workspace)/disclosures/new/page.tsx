import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { DisclosureForm } from "@/features/consents/disclosure/edit/disclosure-form";
import { loadChoices } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("disclosure");
  return { title: t("newTitle") };
}

export default async function NewDisclosurePage() {
  const member = await requireMember("disclosure.change");
  const [t, language, { sellers, purposes }] = [
    await getTranslations("disclosure"),
    await getLocale(),
    await loadChoices(member),
  ];
  return (
    <FormPage title={t("newTitle")} note={t("newNote")} section={t("draft")}>
      <DisclosureForm
        initial={{
          language,
          text: "",
          terms: {
            title: "",
            asks: "advertising",
            seller: sellers[0]?.id,
            purposes: [],
            channels: [],
            states: [],
            retention: "",
            withdrawal: "",
          },
        }}
        sellers={sellers.map(({ id, name }) => ({ key: id, name }))}
        purposes={purposes.map(({ key, name }) => ({ key, name }))}
      />
    </FormPage>
  );
}
