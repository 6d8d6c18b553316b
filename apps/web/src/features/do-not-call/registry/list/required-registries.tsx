import type { RegistryCoverage } from "@ringfence/services/do-not-call/registry";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { Badge } from "@/components/badge";
import { type Column, Table } from "@/components/table";
import { SilenceWarning } from "./silence-warning";
import { placeName } from "@/i18n/place-name";

type CoverageTableProps = {
  registries: readonly RegistryCoverage[];
  mayConnect: boolean;
};

/** Lists the given required registries, which are not connected, with the consequences and a link to connect them. */
export function RequiredRegistries({ registries, mayConnect }: CoverageTableProps) {
  const t = useTranslations("coverage");
  const locale = useLocale();
  const format = useFormatter();
  const columns: [Column<RegistryCoverage>, ...Column<RegistryCoverage>[]] = [
    {
      key: "name",
      head: t("name"),
      cell: (registry) => <RegistryName registry={registry} />,
    },
    {
      key: "places",
      head: t("places"),
      cell: ({ places }) => format.list(places.map((place) => placeName(locale, place))),
    },
    {
      key: "meanwhile",
      head: t("meanwhile"),
      cell: (registry) => (
        <>
          <Badge status={registry.warnsWhenUnread ? "not-checked" : "refuse"} />
          {registry.warnsWhenUnread && mayConnect && <SilenceWarning registry={registry} />}
        </>
      ),
    },
    {
      key: "limit",
      head: t("limit"),
      isFigure: true,
      narrow: t("limit"),
      cell: ({ limitDays }) => limitDays !== null && t("days", { days: limitDays }),
    },
    {
      key: "connect",
      head: <span className="sr-only">{t("connect")}</span>,
      isFigure: true,
      cell: (registry) => <ConnectCell {...{ registry, mayConnect }} />,
    },
  ];
  return (
    <>
      <Table
        isStack
        caption={t("caption")}
        columns={columns}
        rows={registries.toSorted((a, b) => Number(a.warnsWhenUnread) - Number(b.warnsWhenUnread))}
        rowKey={({ code }) => code}
      />
      <p className="max-w-[46rem] pt-2 text-sm text-muted">{t("means")}</p>
    </>
  );
}

/** Shows a registry's name, how it is distributed, and the reason if calls only get a warning. */
function RegistryName({ registry: { name, mode, unreadNote } }: { registry: RegistryCoverage }) {
  return (
    <>
      {name}
      {[mode, unreadNote].map(
        (text) =>
          text && (
            <span key={text} lang="en" className="block text-sm font-normal text-muted">
              {text}
            </span>
          ),
      )}
    </>
  );
}

type ConnectCellProps = { registry: RegistryCoverage; mayConnect: boolean };

/** Links to the form that connects a registry, or to the page that reconnects it. */
function ConnectCell({ registry: { code, name, disconnectedId }, mayConnect }: ConnectCellProps) {
  const t = useTranslations("coverage");
  if (disconnectedId !== null) {
    return (
      <Link href={`/registries/${disconnectedId}`} aria-label={t("reconnectOne", { name })}>
        {t("reconnect")}
      </Link>
    );
  }
  if (!mayConnect) return <span className="text-muted">{t("connect")}</span>;
  return (
    <Link href={`/registries/connect?code=${code}`} aria-label={t("connectOne", { name })}>
      {t("connect")}
    </Link>
  );
}
