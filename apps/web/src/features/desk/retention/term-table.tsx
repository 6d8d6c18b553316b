import {
  type LawTerm,
  RetentionKind,
  type RetentionTerm,
  retentionKinds,
} from "@ringfence/core/desk/retention";
import { Locale } from "@ringfence/core/platform/message";
import type { DueCount } from "@ringfence/services/desk/retention";
import { useLocale, useTranslations } from "next-intl";
import { LocalTime } from "@/components/dates";
import { Count } from "@/components/numbers";
import { type Column, Table } from "@/components/table";
import { placeName } from "@/i18n/place-name";

type TermTableProps = {
  caption: string;
  terms: readonly RetentionTerm[];
  law: readonly LawTerm[];
  /** Rows that the next sweep would remove; null if there is no policy. */
  due: readonly DueCount[] | null;
};

type Row = { kind: RetentionKind; terms: readonly RetentionTerm[]; law: readonly LawTerm[] };

/** Table of all kinds of records: how long each is kept, what the law requires, and what the next sweep would remove. */
export function TermTable({ caption, terms, law, due }: TermTableProps) {
  const t = useTranslations("retention");
  const rows = RetentionKind.options.map((kind) => ({
    kind,
    terms: terms.filter((term) => term.kind === kind),
    law: law.filter((term) => term.kind === kind),
  }));
  const columns: [Column<Row>, ...Column<Row>[]] = [
    {
      key: "kind",
      head: t("records"),
      cell: ({ kind }) => (
        <>
          {t(`kinds.${kind}`)}
          <span className="block max-w-[24rem] text-sm font-normal text-muted">
            {t(`about.${kind}`)}
          </span>
        </>
      ),
    },
    { key: "kept", head: t("kept"), narrow: t("kept"), cell: (row) => <Kept {...row} /> },
    {
      key: "law",
      head: t("law"),
      narrow: t("law"),
      cell: ({ kind, law }) =>
        law.length > 0 ? (
          <LawTerms law={law} />
        ) : (
          t(retentionKinds[kind].hasPlace ? "noLaw" : "own")
        ),
    },
  ];
  if (due !== null) {
    columns.push({
      key: "due",
      head: t("nextSweep"),
      narrow: t("nextSweep"),
      isFigure: true,
      cell: ({ kind }) => <Due rows={due.find((row) => row.kind === kind)} />,
    });
  }
  return (
    <Table isStack caption={caption} columns={columns} rows={rows} rowKey={({ kind }) => kind} />
  );
}

function Kept({ terms }: Row) {
  const t = useTranslations("retention");
  const locale = Locale.parse(useLocale());
  const everywhere = terms.find(({ place }) => place === "");
  // A kind without a term for everywhere has no terms at all (`resolveTerms`).
  if (everywhere === undefined || everywhere.days === null) return t("forGood");
  return (
    <ul>
      <li>{t("daysFor", { days: everywhere.days })}</li>
      {terms
        .filter(({ place }) => place !== "")
        .map(({ place, days }) => (
          <li key={place} className="text-sm text-muted">
            {placeName(locale, place)}: {days === null ? t("forGood") : t("daysFor", { days })}
          </li>
        ))}
    </ul>
  );
}

function LawTerms({ law }: { law: readonly LawTerm[] }) {
  const t = useTranslations("retention");
  const locale = Locale.parse(useLocale());
  return (
    <ul className="text-sm">
      {law.map(({ rule, place, days, isRequired, citation, mark }) => (
        // A rule may stand here twice: as it is now, and as a former law that still applies had it.
        <li key={`${rule} ${place} ${days}`}>
          {placeName(locale, place)}:{" "}
          {days === null ? t("noEnd") : t(isRequired ? "atLeast" : "recommended", { days })}{" "}
          <span className="text-muted">{t("source", { citation, mark })}</span>
        </li>
      ))}
    </ul>
  );
}

function Due({ rows }: { rows: DueCount | undefined }) {
  const t = useTranslations("retention");
  // Without an oldest row, there are none.
  if (rows === undefined || rows.oldest === null) return <Count value={0} />;
  return (
    <>
      <Count value={rows.rows} />
      <span className="block text-sm text-muted">
        {t("oldest")} <LocalTime instant={rows.oldest} precision="day" />
      </span>
    </>
  );
}
