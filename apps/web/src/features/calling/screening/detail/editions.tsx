import type { PastEdition } from "@ringfence/services/calling/screening";
import { useLocale, useTranslations } from "next-intl";
import { formatDate } from "@/i18n/format-time";
import Link from "next/link";
import { Empty } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { type Column, Table } from "@/components/table";
import type { PastRules } from "@ringfence/services/people/jurisdiction";
import { Banner } from "@/components/banner";
import { CopyButton } from "@/components/client-buttons";

type EditionTableProps = {
  editions: readonly PastEdition[];
  /** True if the viewer may open registries. */
  mayOpen: boolean;
};

/** Table of the registry editions that were checked, with their age at that time. */
export function EditionTable({ editions, mayOpen }: EditionTableProps) {
  const t = useTranslations("screening");
  const columns: [Column<PastEdition>, ...Column<PastEdition>[]] = [
    useNameColumn(mayOpen),
    ...useDateColumns(),
  ];
  if (editions.length === 0) return <Empty title={t("noEditions")}>{t("noEditionsBody")}</Empty>;
  return (
    <Table
      isStack
      caption={t("editions")}
      columns={columns}
      rows={editions}
      rowKey={({ registry }) => registry}
    />
  );
}

function useNameColumn(mayOpen: boolean): Column<PastEdition> {
  const t = useTranslations("screening");
  return {
    key: "registry",
    head: t("registry"),
    cell: ({ name, edition, registryId }) => (
      <>
        {name}
        <span className="block font-normal">
          {registryId !== null && mayOpen ? (
            <Link href={`/registries/${registryId}/editions/${edition}`} prefetch={false}>
              {t("edition", { edition })}
            </Link>
          ) : (
            t("edition", { edition })
          )}
        </span>
      </>
    ),
  };
}

function useDateColumns(): Column<PastEdition>[] {
  const t = useTranslations("screening");
  return [
    {
      key: "readAt",
      head: t("readAt"),
      narrow: t("readAt"),
      isFigure: true,
      cell: ({ readAt }) => (readAt === null ? t("notOnRecord") : <LocalTime instant={readAt} />),
    },
    {
      key: "published",
      head: t("published"),
      narrow: t("published"),
      isFigure: true,
      cell: ({ publishedOn }) =>
        publishedOn === null ? (
          t("notSaid")
        ) : (
          <LocalTime instant={publishedOn} zone="UTC" precision="day" />
        ),
    },
    {
      key: "age",
      head: t("age"),
      narrow: t("age"),
      isFigure: true,
      cell: ({ ageDays, limitDays, verifiedAt }) => (
        <>
          {ageDays !== null && limitDays !== null && t("ageValue", { ageDays, limitDays })}
          {ageDays === null &&
            (verifiedAt === null ? t("notOnRecord") : <LocalTime instant={verifiedAt} />)}
        </>
      ),
    },
  ];
}

/** Shows which rule set was used and its date, and offers it for download; or says that it was not kept or cannot be read. */
export function RuleSetFacts({ rules }: { rules: PastRules }) {
  const t = useTranslations("screening");
  const locale = useLocale();
  const { hash, state, asOf } = rules;
  const date = asOf === null ? "" : formatDate(locale, asOf);
  const isKept = state !== "not-kept" && hash !== null;
  return (
    <div className="grid gap-3 pt-3">
      {state === "not-kept" || state === "unreadable" ? (
        <Banner tone="care" title={t(`rulesState.${state}`)}>
          {t(`rulesBody.${state}`)}
        </Banner>
      ) : (
        <p className="max-w-[46rem]">{t(`rulesState.${state}`, { date })}</p>
      )}
      {hash !== null && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          <span>{t("ruleSet")}</span>
          <code>{`${hash.slice(0, 16)}…`}</code>
          <CopyButton text={hash} />
          {isKept && (
            <a href={`/api/rule-sets/${hash}`} download>
              {t("ruleSetFile")}
            </a>
          )}
        </p>
      )}
    </div>
  );
}
