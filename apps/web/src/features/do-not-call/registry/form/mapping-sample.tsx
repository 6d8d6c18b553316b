"use client";
import {
  type CsvMapping,
  guessMapping,
  previewMapping,
} from "@ringfence/core/do-not-call/registry";
import { say } from "@ringfence/core/platform/message";
import { useLocale, useTranslations } from "next-intl";
import { PhoneColumnTable } from "@/components/phone-column-table";
import { Banner } from "@/components/banner";
import { Field, Input } from "@/components/fields";
import { type FileHead, TableDrop, useFileHead } from "@/components/upload/table-drop";
import { formatDate } from "@/i18n/format-time";
import { columnName, formatColumns, parseColumns } from "./column-names";

type MappingSampleProps = {
  mapping: CsvMapping;
  onMapping: (mapping: CsvMapping) => void;
  fault: string | undefined;
};

/** Guesses the mapping from a sample file and previews it. Without a sample, columns are typed in. */
export function MappingSample({ mapping, onMapping, fault }: MappingSampleProps) {
  const t = useTranslations("registryForm");
  const { head, open, forget } = useFileHead();
  const openSample = async (file: File | null) => {
    if (file === null) {
      forget();
      return;
    }
    const { bytes, isWhole } = await open(file);
    const guessed = guessMapping(bytes, isWhole, mapping.region);
    if (guessed !== null) {
      onMapping({ ...guessed, maxUnreadableShare: mapping.maxUnreadableShare });
    }
  };
  return (
    <>
      <TableDrop label={t("sample")} hint={t("sampleHint")} onFile={openSample} />
      {head ? (
        <Sample head={head} mapping={mapping} onMapping={onMapping} fault={fault} />
      ) : (
        <Field label={t("phoneColumns")} hint={t("phoneColumnsHint")} fault={fault}>
          {(wired) => (
            <Input
              {...wired}
              defaultValue={formatColumns(mapping.phoneColumns)}
              onChange={({ currentTarget }) =>
                onMapping({ ...mapping, phoneColumns: parseColumns(currentTarget.value) })
              }
            />
          )}
        </Field>
      )}
    </>
  );
}

function Sample({ head, mapping, onMapping, fault }: MappingSampleProps & { head: FileHead }) {
  const t = useTranslations("registryForm");
  const locale = useLocale();
  const { rows, lines, added, removed, publishedOn, faults } = previewMapping(
    head.bytes,
    head.isWhole,
    head.file.name,
    mapping,
  );
  return (
    <div className="grid gap-3">
      <MappingTable rows={rows} mapping={mapping} onMapping={onMapping} />
      {fault && <Banner tone="bad" role="alert" title={fault} />}
      <div aria-live="polite">
        {faults.length === 0 ? (
          <p className="text-sm text-muted">
            {t("sampleRead", { lines, added, removed })}{" "}
            {publishedOn && t("sampleDate", { day: formatDate(locale, publishedOn) })}
          </p>
        ) : (
          <Banner tone="bad" title={t("sampleRefused")}>
            <ul>
              {faults.slice(0, 3).map((fault) => (
                <li key={say(locale, fault)}>{say(locale, fault)}</li>
              ))}
            </ul>
            {faults.length > 3 && <p>{t("moreFaults")}</p>}
          </Banner>
        )}
      </div>
    </div>
  );
}

type MappingTableProps = {
  rows: readonly (readonly string[])[];
  mapping: CsvMapping;
  onMapping: (mapping: CsvMapping) => void;
};

/** Shows the first rows of a file. The phone columns are chosen in its header. */
function MappingTable({ rows, mapping, onMapping }: MappingTableProps) {
  const t = useTranslations("registryForm");
  const header = mapping.hasHeader ? (rows[0] ?? []) : null;
  const body = mapping.hasHeader ? rows.slice(1) : rows;
  const width = Math.max(0, ...rows.map(({ length }) => length));
  const columns = Array.from({ length: width }, (_, place) => {
    const column = columnName(place, header);
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
      <PhoneColumnTable
        caption={t("firstRows")}
        columns={columns.map((one) => ({
          index: one.place,
          isPhone: one.isPhone,
          input: <input type="checkbox" checked={one.isPhone} onChange={() => choose(one)} />,
          name: header?.[one.place] || t("column", { number: one.place + 1 }),
        }))}
        rows={body.map((row) => (column) => row[column])}
      />
    </fieldset>
  );
}
