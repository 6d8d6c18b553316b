import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { KnownSeller } from "@ringfence/services/account/seller";
import { useTranslations } from "next-intl";
import type { KnownPurpose } from "@ringfence/services/account/purpose";
import { defaultHours } from "@ringfence/core/people/jurisdiction";
import { DetailPage } from "@/components/detail-page";
import { Empty, Section } from "@/components/page-layout";
import { AddPurpose, AddSeller } from "@/features/account/organization/seller-and-purpose-forms";
import { OrganizationForm } from "@/features/account/organization/organization-form";
import { may } from "@ringfence/core/platform/access";
import { toActor } from "@ringfence/services/account/member";
import { ButtonLink } from "@/components/buttons";
import { api } from "@/server/caller";
import { listRegions } from "@/i18n/list-regions";
import { requireMember, whyNot } from "@/server/current-member";
import { type Column, Table } from "@/components/table";
import {
  ChangeSeller,
  RenamePurpose,
} from "@/features/account/organization/seller-and-purpose-forms";

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
  const maySetSignIn = may(toActor(member), "identity-provider.read");
  return (
    <DetailPage
      title={t("title")}
      note={t("note")}
      actions={maySetSignIn && <ButtonLink href="/organization/sign-in">{t("signIn")}</ButtonLink>}
    >
      <Section title={t("about")}>
        <OrganizationForm
          organization={organization}
          defaultHours={defaultHours}
          regions={listRegions(locale)}
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
    </DetailPage>
  );
}

type SellerTableProps = { sellers: readonly KnownSeller[]; mayChange: boolean };

/** Table of sellers with sector and consent policy. */
function SellerTable({ sellers, mayChange }: SellerTableProps) {
  const t = useTranslations("organization");
  const columns: [Column<KnownSeller>, ...Column<KnownSeller>[]] = [
    { key: "name", head: t("seller"), cell: ({ name }) => name },
    {
      key: "key",
      head: t("key"),
      narrow: t("key"),
      cell: ({ key }) => <code className="font-mono text-sm">{key}</code>,
    },
    {
      key: "sector",
      head: t("sector"),
      narrow: t("sector"),
      cell: ({ sector }) => t(`sectors.${sector}`),
    },
    {
      key: "policy",
      head: t("policy"),
      narrow: t("policy"),
      cell: ({ consentPolicy }) => t(`policies.${consentPolicy}`),
    },
  ];
  if (mayChange) {
    columns.push({
      key: "change",
      head: <span className="sr-only">{t("changeSeller")}</span>,
      narrow: "full",
      cell: (seller) => <ChangeSeller seller={seller} />,
    });
  }
  return (
    <Table
      isStack
      caption={t("sellersCaption")}
      columns={columns}
      rows={sellers}
      rowKey={({ id }) => id}
    />
  );
}

type PurposeTreeProps = { purposes: readonly KnownPurpose[]; mayChange: boolean };

const INDENT_PX = 20;
const findLevel = (key: string) => key.split(".").length - 1;

/** The tree of purposes. */
function PurposeTree({ purposes, mayChange }: PurposeTreeProps) {
  const t = useTranslations("organization");
  const columns: [Column<KnownPurpose>, ...Column<KnownPurpose>[]] = [
    {
      key: "name",
      head: t("purpose"),
      cell: ({ key, name }) => (
        <span className="flex">
          <svg aria-hidden width={findLevel(key) * INDENT_PX} height="1" />
          <span>{name}</span>
        </span>
      ),
    },
    {
      key: "key",
      head: t("key"),
      narrow: t("key"),
      cell: ({ key }) => <code className="font-mono text-sm">{key}</code>,
    },
    {
      key: "kind",
      head: t("kind"),
      narrow: t("kind"),
      cell: ({ kind }) => t(`kinds.${kind}`),
    },
  ];
  if (mayChange) {
    columns.push({
      key: "rename",
      head: <span className="sr-only">{t("rename")}</span>,
      narrow: "full",
      cell: (purpose) => <RenamePurpose purpose={purpose} />,
    });
  }
  return (
    <Table
      isStack
      caption={t("purposesCaption")}
      columns={columns}
      rows={purposes}
      rowKey={({ key }) => key}
    />
  );
}
