"use client";

import {
  type CsvMapping,
  guessMapping,
  previewMapping,
} from "@ringfence/core/do-not-call/registry";
import { say } from "@ringfence/core/platform/message";
import { useLocale, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { TableDrop } from "@/components/upload/table-drop";
import { type FileHead, useFileHead } from "@/components/use-file-head";
import { columnsIn, namesIn } from "./column-names";
import { MappingTable } from "./mapping-table";

type MappingSampleProps = {
  mapping: CsvMapping;
  onMapping: (mapping: CsvMapping) => void;
  fault: string | undefined;
};

/** A file of the registry, by which the mapping is guessed and shown; without one, columns are named. */
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
              defaultValue={namesIn(mapping.phoneColumns)}
              onChange={({ currentTarget }) =>
                onMapping({ ...mapping, phoneColumns: columnsIn(currentTarget.value) })
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
            {publishedOn && t("sampleDate", { day: publishedOn })}
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
