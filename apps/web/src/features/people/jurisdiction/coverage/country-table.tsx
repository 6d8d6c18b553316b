import type { CountryCoverage } from "@ringfence/core/people/jurisdiction";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { type Column, Table } from "@/components/table";
import { placeName, shortPlaceName } from "@/i18n/place-name";

const marks = ["A", "B", "C"] as const;

/** Lists the countries with rules by name, with the number of rules per mark and the states with their own rules. */
export function CountryTable({ coverage }: { coverage: readonly CountryCoverage[] }) {
  const t = useTranslations("rulePlaces");
  const format = useFormatter();
  const locale = useLocale();
  const columns: [Column<CountryCoverage>, ...Column<CountryCoverage>[]] = [
    {
      key: "country",
      head: t("country"),
      cell: ({ country }) => <Link href={`/rules/${country}`}>{placeName(locale, country)}</Link>,
    },
    ...marks.map((mark) => ({
      key: mark,
      head: t(`marks.${mark}`),
      narrow: t(`marks.${mark}`),
      isFigure: true,
      cell: (one: CountryCoverage) => format.number(one.marks[mark]),
    })),
    {
      key: "parts",
      head: t("parts"),
      narrow: t("parts"),
      cell: ({ parts }) =>
        parts.length === 0 ? null : (
          <span className="flex flex-wrap gap-x-3 gap-y-1">
            {parts
              .map((part) => ({ part, name: shortPlaceName(locale, part) }))
              .toSorted((a, b) => a.name.localeCompare(b.name, locale))
              .map(({ part, name }) => (
                <Link key={part} href={`/rules/${part}`} prefetch={false}>
                  {name}
                </Link>
              ))}
          </span>
        ),
    },
  ];
  return (
    <Table
      isStack
      caption={t("caption")}
      columns={columns}
      rows={coverage.toSorted((a, b) =>
        placeName(locale, a.country).localeCompare(placeName(locale, b.country), locale),
      )}
      rowKey={({ country }) => country}
    />
  );
}
