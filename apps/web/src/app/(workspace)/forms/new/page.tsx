import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { CaptureFormEditor } from "@/features/consents/capture-form/edit/capture-form-editor";
import { listDisclosureChoices } from "@/features/consents/capture-form/edit/disclosure-choices";
import { namesByJurisdiction } from "@/features/people/jurisdiction/jurisdiction-names";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("captureForm");
  return { title: t("newTitle") };
}

export default async function NewFormPage() {
  await requireMember("capture-form.change");
  const [t, locale, listed, { homeRegion }, law] = await Promise.all([
    getTranslations("captureForm"),
    getLocale(),
    api.disclosure.list(),
    api.organization.read(),
    api.jurisdiction.law(),
  ]);
  return (
    <FormPage title={t("newTitle")} note={t("newNote")} section={t("draft")}>
      <CaptureFormEditor
        disclosures={listDisclosureChoices(locale, listed)}
        places={namesByJurisdiction(locale, law.places)}
        initial={{
          name: "",
          kind: "website_form",
          settings: {
            disclosures: [],
            origins: [],
            jurisdictions: [homeRegion],
            name: "optional",
            email: "none",
            confirmation: null,
          },
        }}
      />
    </FormPage>
  );
}
