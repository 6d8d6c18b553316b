import { kindMessage } from "@ringfence/core/proof/ledger";
import { say } from "@ringfence/core/platform/message";
import type { StatementRow } from "@ringfence/services/proof/ledger";
import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { Count } from "@/components/numbers";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import { zoneLabel } from "@/i18n/tell-time";

/** Table of statements on the ledger, each with its position and its proof. */
export function StatementTable({ statements }: { statements: readonly StatementRow[] }) {
  const t = useTranslations("ledger");
  const locale = useLocale();
  const columns: [Column<StatementRow>, ...Column<StatementRow>[]] = [
    {
      key: "kind",
      head: t("kind"),
      cell: ({ kind }) => (
        <span className="inline-block first-letter:uppercase">
          {say(locale, kindMessage(kind))}
        </span>
      ),
    },
    ...usePlaceColumns(),
    {
      key: "proof",
      head: t("proof"),
      narrow: t("proof"),
      isFigure: true,
      cell: ({ id, kind }) => (
        <a
          href={`/api/proofs/${id}`}
          download
          aria-label={t("takeProof", { kind: say(locale, kindMessage(kind)) })}
        >
          {t("take")}
        </a>
      ),
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={statements}
      rowKey={({ id }) => id}
    />
  );
}

/** Columns for the time of acceptance, the time of signing and the position. */
function usePlaceColumns(): Column<StatementRow>[] {
  const t = useTranslations("ledger");
  const zone = zoneLabel(useLocale(), useTimeZone() ?? "UTC", useNow());
  return [
    {
      key: "accepted",
      head: t("accepted", { zone }),
      narrow: t("accepted", { zone }),
      isFigure: true,
      cell: ({ acceptedAt }) => <LocalTime instant={acceptedAt} precision="cell" />,
    },
    {
      key: "index",
      head: t("index"),
      narrow: t("index"),
      isFigure: true,
      cell: ({ index }) => (index === null ? "" : <Count value={index} />),
    },
    {
      key: "signed",
      head: t("signed", { zone }),
      narrow: t("signed", { zone }),
      isFigure: true,
      cell: ({ signedAt }) =>
        signedAt === null ? (
          <Badge status="not-signed" />
        ) : (
          <LocalTime instant={signedAt} precision="cell" />
        ),
    },
  ];
}
