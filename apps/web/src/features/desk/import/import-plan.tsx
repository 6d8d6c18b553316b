"use client";

import type { ImportId } from "@ringfence/core/ids";
import type { ImportPreview } from "@ringfence/services/desk/import";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Section } from "@/components/section";
import { ColumnTable } from "./column-table";
import { DefaultFields } from "./default-fields";
import { FileFields } from "./file-fields";
import { ImportCountFacts } from "./import-count-facts";
import { RemarkTable } from "./remark-table";
import { useFieldWords } from "./use-field-words";
import { usePreview } from "./use-preview";
import { useStart } from "./use-start";

type ImportPlanProps = {
  importId: ImportId;
  /** As the file was read when the page was rendered. */
  read: ImportPreview;
  regions: readonly { key: string; name: string }[];
  zones: readonly string[];
};

/** How a file is read, changed by who knows better, and what would come of it. Nothing is on record yet. */
export function ImportPlan({ importId, read, regions, zones }: ImportPlanProps) {
  const t = useTranslations("import");
  const { sayOf } = useFieldWords();
  const { preview, mapping, change, changeDialect, isReading, failure } = usePreview(
    importId,
    read,
  );
  const { start, isStarting, startFailure } = useStart(importId);
  const { kind, fault, counts } = preview;
  const why = fault ? sayOf(fault) : isReading && t("reading");
  return (
    <>
      <Section title={t("columns")} aside={t("columnsNote")}>
        <ColumnTable preview={preview} mapping={mapping} onChange={change} />
      </Section>
      <DefaultFields kind={kind} mapping={mapping} onChange={change} />
      <Section title={t("reads")} aside={t("readsNote")}>
        <FileFields {...{ mapping, regions, zones }} onChange={change} onDialect={changeDialect} />
      </Section>
      <Section title={t("would")} aside={isReading ? t("reading") : t("wouldNote")}>
        <div aria-live="polite" className="grid gap-4 pt-3">
          {failure && <Banner tone="bad" title={failure} />}
          {fault ? (
            <Banner tone="care" title={sayOf(fault)} />
          ) : (
            <ImportCountFacts counts={counts} />
          )}
        </div>
        <RemarkTable preview={preview} />
      </Section>
      {startFailure && <Banner tone="bad" role="alert" title={startFailure} />}
      <div className="flex flex-wrap items-start gap-2 pt-6">
        <Button
          look="primary"
          whyNot={why}
          busy={isStarting && t("starting")}
          onClick={() => start(mapping, false)}
        >
          {t("import")}
        </Button>
        {!why && (
          <Button disabled={isStarting} onClick={() => start(mapping, true)}>
            {t("tryAll")}
          </Button>
        )}
      </div>
    </>
  );
}
