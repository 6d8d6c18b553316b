import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { Columns, Facts, Section } from "@/components/page-layout";
import { NewScrub } from "@/features/calling/scrub/new/form";
import { api } from "@/server/caller";
import { listRegions } from "@/i18n/list-regions";
import { requireMember } from "@/server/current-member";

const columns = ["verdict", "reasons", "callable_from", "screening_id"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("newScrub");
  return { title: t("title") };
}

export default async function NewScrubPage() {
  const member = await requireMember("scrub.run");
  const [t, locale, organization, purposes, sellers] = await Promise.all([
    getTranslations("newScrub"),
    getLocale(),
    api.organization.read(),
    api.purpose.list(),
    api.seller.list(),
  ]);
  const { sellerIds } = member;
  const own = sellers.filter(({ id }) => sellerIds.length === 0 || sellerIds.includes(id));
  return (
    <FormPage title={t("title")} note={t("note")}>
      <Columns>
        <Section title={t("yourFile")} aside={t("staysHere")}>
          <div className="pt-4">
            <NewScrub
              homeRegion={organization.homeRegion}
              dialer={organization.dialer}
              purposes={purposes.map(({ key, name }) => ({ key, name }))}
              sellers={own.map(({ key, name }) => ({ key, name }))}
              regions={listRegions(locale)}
            />
          </div>
        </Section>
        <Section title={t("result")}>
          <Facts
            facts={columns.map((column) => ({
              name: column,
              value: t(`columns.${column}`),
            }))}
          />
          <p className="pt-2 text-sm text-muted">{t("resultNote")}</p>
        </Section>
      </Columns>
    </FormPage>
  );
}
