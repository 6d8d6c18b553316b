import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { ReadingsForm } from "@/features/do-not-call/registry/schedule/organization-schedule";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("schedule");
  return { title: t("title") };
}

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")];

export default async function ReadingsPage() {
  await requireMember("registry.change");
  const [t, { zone, readings }] = await Promise.all([
    getTranslations("schedule"),
    api.organization.read(),
  ]);
  return (
    <FormPage title={t("title")} note={t("note")}>
      <ReadingsForm
        initial={{ zone, readings }}
        zones={zones.includes(zone) ? zones : [zone, ...zones]}
      />
    </FormPage>
  );
}
