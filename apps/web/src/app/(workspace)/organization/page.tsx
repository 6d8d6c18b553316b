import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Empty, PageHead, Section } from "@/components/page-layout";
import { AddPurpose, AddSeller } from "@/features/account/organization/seller-and-purpose-forms";
import { OrganizationForm } from "@/features/account/organization/organization-form";
import { PurposeTree, SellerTable } from "@/features/account/organization/sellers-and-purposes";
import { api } from "@/server/caller";
import { regionsIn } from "@/i18n/regions-in";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("organization");
  return { title: t("title") };
}

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")];

export default async function OrganizationPage() {
  const member = await requireMember("organization.read");
  const [t, locale, refusal, organization, sellers, purposes] = await Promise.all([
    getTranslations("organization"),
    getLocale(),
    whyNot(member, "organization.change"),
    api.organization.read(),
    api.seller.list(),
    api.purpose.list(),
  ]);
  const mayChange = refusal === undefined;
  return (
    <>
      <PageHead title={t("title")} note={t("note")} />
      <Section title={t("about")}>
        <OrganizationForm
          organization={organization}
          regions={regionsIn(locale)}
          zones={zones.includes(organization.zone) ? zones : [organization.zone, ...zones]}
          whyNot={refusal}
        />
      </Section>
      <Section title={t("sellers")} aside={t("sellersNote")}>
        {sellers.length === 0 ? (
          <Empty title={t("noSeller")}>{t("noSellerBody")}</Empty>
        ) : (
          <SellerTable sellers={sellers} mayChange={mayChange} />
        )}
        <div className="pt-4">
          <AddSeller whyNot={refusal} />
        </div>
      </Section>
      <Section title={t("purposes")} aside={t("purposesNote")}>
        {purposes.length === 0 ? (
          <Empty title={t("noPurpose")}>{t("noPurposeBody")}</Empty>
        ) : (
          <PurposeTree purposes={purposes} mayChange={mayChange} />
        )}
        <div className="pt-4">
          <AddPurpose purposes={purposes} whyNot={refusal} />
        </div>
      </Section>
    </>
  );
}
