import type { OfferListItem } from "@ringfence/services/audience/offer";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { type Column, Table } from "@/components/table";

type OfferTableProps = { offers: readonly OfferListItem[]; purposeNames: Record<string, string> };

/** Table of offers with purpose, segment and languages. */
export function OfferTable({ offers, purposeNames }: OfferTableProps) {
  const t = useTranslations("offers");
  const languages = useTranslations("scriptLanguages");
  const columns: [Column<OfferListItem>, ...Column<OfferListItem>[]] = [
    {
      key: "name",
      head: t("name"),
      cell: ({ id, name }) => <Link href={`/offers/${id}`}>{name}</Link>,
    },
    {
      key: "purpose",
      head: t("purpose"),
      narrow: t("purpose"),
      cell: ({ purpose }) => purposeNames[purpose] ?? purpose,
    },
    {
      key: "eligibility",
      head: t("eligibility"),
      narrow: t("eligibility"),
      cell: ({ eligibility, eligibilityName }) =>
        eligibilityName ?? t(eligibility === null ? "everybody" : "otherSegment"),
    },
    {
      key: "scripts",
      head: t("scripts"),
      narrow: t("scripts"),
      cell: ({ scripts }) =>
        Object.keys(scripts)
          .map((language) => languages(language === "ru" ? "ru" : "en"))
          .join(", "),
    },
  ];
  return (
    <Table isStack caption={t("caption")} columns={columns} rows={offers} rowKey={({ id }) => id} />
  );
}
