"use client";
import { say } from "@ringfence/core/platform/message";
import type { FilePreview, PreviewRow } from "@ringfence/core/people/number-file";
import { useLocale, useTranslations } from "next-intl";
import { PhoneText } from "@/components/phone-text";

type FilePreviewProps = {
  preview: FilePreview;
  onPhoneColumn: (column: number) => void;
};

/** Shows the first rows of the file, and in the phone column how each number is read. */
export function FilePreviewTable({ preview, onPhoneColumn }: FilePreviewProps) {
  const t = useTranslations("newScrub");
  const { names, columns, phoneColumn, rows } = preview;
  const shown = Math.max(names.length, ...rows.map(({ cells }) => cells.length));
  const numbers = rows.filter(({ reading }) => reading !== null && "phone" in reading).length;
  const places = Array.from({ length: shown }, (_, column) => column);
  return (
    <fieldset>
      <legend className="sr-only">{t("whichColumn")}</legend>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached */}
      <section className="scroll" tabIndex={0} aria-label={t("preview")}>
        <table>
          <caption className="sr-only">{t("preview")}</caption>
          <thead>
            <tr>
              {places.map((column) => (
                <th key={column} scope="col" className={lit(column === phoneColumn)}>
                  <label className="inline-flex min-h-6 cursor-pointer items-center gap-2">
                    <input
                      type="radio"
                      name="phoneColumn"
                      checked={column === phoneColumn}
                      onChange={() => onPhoneColumn(column)}
                    />
                    {names[column] || t("column", { number: column + 1 })}
                  </label>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows of a file have nothing else, and stay
              <tr key={index}>
                {places.map((column) => (
                  <td key={column} className={lit(column === phoneColumn)}>
                    {row.cells[column]}
                    {column === phoneColumn && <Reading reading={row.reading} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="pt-2 text-sm text-muted">
        {columns > shown ? t("moreColumns", { count: columns - shown }) : t("firstRows")}{" "}
        {phoneColumn !== null && t("numbersRead", { read: numbers, rows: rows.length })}
      </p>
    </fieldset>
  );
}

const lit = (isPhone: boolean) => (isPhone ? "bg-selected px-3" : "px-3 first:pl-0");

/** Shows the number as it was read, or why it is not a number. */
function Reading({ reading }: Pick<PreviewRow, "reading">) {
  const locale = useLocale();
  if (reading === null) return null;
  return "phone" in reading ? (
    <span className="block text-muted">
      <PhoneText phone={reading.phone} />
    </span>
  ) : (
    <span className="block max-w-72 text-refuse">{say(locale, reading.fault)}</span>
  );
}
