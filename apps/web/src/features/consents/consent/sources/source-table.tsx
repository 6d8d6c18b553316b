import type { SourceCount } from "@ringfence/services/consents/consent";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Count } from "@/components/count";
import { LocalTime } from "@/components/local-time";
import { Share } from "@/components/share";
import { type Column, Table } from "@/components/table";

/** Table of sources, largest first, with the share of weak consents. */
export function SourceTable({ sources }: { sources: readonly SourceCount[] }) {
  const t = useTranslations("sources");
  const kinds = useTranslations("captureForms.kinds");
  const columns: [Column<SourceCount>, ...Column<SourceCount>[]] = [
    {
      key: "source",
      head: t("source"),
      cell: ({ source, form }) =>
        form ? (
          <>
            <Link href={`/forms/${form.id}`} prefetch={false}>
              {form.name}
            </Link>
            <span className="block font-normal text-muted">{kinds(source)}</span>
          </>
        ) : (
          kinds(source)
        ),
    },
    {
      key: "consents",
      head: t("consents"),
      narrow: t("consents"),
      isFigure: true,
      cell: ({ consents }) => <Count value={consents} />,
    },
    {
      key: "weak",
      head: t("weak"),
      narrow: t("weak"),
      isFigure: true,
      cell: ({ weak, consents }) => <Share count={weak} of={consents} />,
    },
    {
      key: "last",
      head: t("last"),
      narrow: t("last"),
      isFigure: true,
      cell: ({ last }) => <LocalTime instant={last} precision="cell" />,
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={sources}
      rowKey={({ source, form }) => `${source} ${form?.id ?? ""}`}
    />
  );
}
