"use client";

import type { CsvMapping } from "@ringfence/core/do-not-call/registry";
import { useTranslations } from "next-intl";
import { columnAt } from "./column-names";

type MappingTableProps = {
  rows: readonly (readonly string[])[];
  mapping: CsvMapping;
  onMapping: (mapping: CsvMapping) => void;
};

/** The first rows of a file; the columns of phones are chosen in its head. */
export function MappingTable({ rows, mapping, onMapping }: MappingTableProps) {
  const t = useTranslations("registryForm");
  const header = mapping.hasHeader ? (rows[0] ?? []) : null;
  const body = mapping.hasHeader ? rows.slice(1) : rows;
  const width = Math.max(0, ...rows.map(({ length }) => length));
  const columns = Array.from({ length: width }, (_, place) => {
    const column = columnAt(place, header);
    const isPhone = mapping.phoneColumns.some((phone) => phone === column || phone === place + 1);
    return { place, column, isPhone };
  });
  const choose = ({ column, isPhone, place }: (typeof columns)[number]) => {
    const others = mapping.phoneColumns.filter((phone) => phone !== column && phone !== place + 1);
    onMapping({ ...mapping, phoneColumns: isPhone ? others : [...others, column] });
  };
  return (
    <fieldset>
      <legend className="pb-1 font-medium">{t("phoneColumns")}</legend>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached */}
      <section className="scroll" tabIndex={0} aria-label={t("firstRows")}>
        <table>
          <caption className="sr-only">{t("firstRows")}</caption>
          <thead>
            <tr>
              {columns.map((one) => (
                <th key={one.place} scope="col" className={lit(one.isPhone)}>
                  <label className="inline-flex min-h-6 cursor-pointer items-center gap-2">
                    <input type="checkbox" checked={one.isPhone} onChange={() => choose(one)} />
                    {header?.[one.place] || t("column", { number: one.place + 1 })}
                  </label>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {body.map((row, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows of a file have nothing else, and stay
              <tr key={index}>
                {columns.map(({ place, isPhone }) => (
                  <td key={place} className={lit(isPhone)}>
                    {row[place]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </fieldset>
  );
}

const lit = (isPhone: boolean) => (isPhone ? "bg-selected px-3" : "px-3 first:pl-0");
