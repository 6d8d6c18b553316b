import { isAction } from "@ringfence/core/platform/access";
import type { AuditListed } from "@ringfence/services/desk/audit-log";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { PhoneLink } from "@/components/phone-link";
import { type Column, Table } from "@/components/table";
import { RecordedBy } from "@/components/recorded-by";
import { zoneLabel } from "@/i18n/tell-time";
import { EntryDetails } from "./entry-details";

/** Who did what when, with whose data, and what is told beside. */
export function AuditTable({ entries }: { entries: readonly AuditListed[] }) {
  const t = useTranslations("audit");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  const columns: [Column<AuditListed>, ...Column<AuditListed>[]] = [
    {
      key: "did",
      head: t("did"),
      cell: ({ action }) => (isAction(action) ? t(`actions.${action}`) : action),
    },
    { key: "who", head: t("who"), narrow: t("who"), cell: ({ by }) => <RecordedBy by={by} /> },
    {
      key: "at",
      head: t("at", { zone }),
      narrow: t("at", { zone }),
      cell: ({ at }) => <LocalTime instant={at} precision="cell" />,
    },
    {
      key: "whose",
      head: t("whose"),
      narrow: t("whose"),
      cell: ({ phone }) =>
        phone &&
        (phone.number ? <PhoneLink phoneId={phone.phoneId} phone={phone.number} /> : t("erased")),
    },
    {
      key: "details",
      head: t("details"),
      narrow: "full",
      cell: (entry) => <EntryDetails entry={entry} />,
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={entries}
      rowKey={({ id }) => id}
    />
  );
}
