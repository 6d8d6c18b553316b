"use client";
import type { ImportId } from "@ringfence/core/ids";
import type { ImportPreview } from "@ringfence/services/desk/import";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { Section } from "@/components/page-layout";
import {
  ColumnTable,
  DefaultFields,
  FileFields,
  type ImportChoices,
  useFieldWords,
} from "./mapping-fields";
import { ImportCountFacts } from "./import-state";
import type { Delimiter, Encoding, ImportOutcome, Mapping } from "@ringfence/core/desk/import";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useRefreshed, useTRPC } from "@/trpc/client";
import { type Column, Table } from "@/components/table";

type ImportPlanProps = {
  importId: ImportId;
  /** The preview from when the page was rendered. */
  firstPreview: ImportPreview;
  regions: readonly { key: string; name: string }[];
  zones: readonly string[];
  choices: ImportChoices;
};

/** Shows and changes how a file is read, with a preview of its import. Nothing is recorded yet. */
export function ImportPlan({ importId, firstPreview, regions, zones, choices }: ImportPlanProps) {
  const t = useTranslations("import");
  const { translate } = useFieldWords();
  const { preview, mapping, change, changeDialect, isReading, failure } = usePreview(
    importId,
    firstPreview,
  );
  const { start, isStarting, startFailure } = useStart(importId);
  const { fault, counts } = preview;
  const why = fault ? translate(fault) : isReading && t("reading");
  return (
    <>
      <Section title={t("columns")} aside={t("columnsNote")}>
        <ColumnTable preview={preview} mapping={mapping} onChange={change} />
      </Section>
      <DefaultFields {...{ preview, mapping, choices }} onChange={change} />
      <FileFields {...{ mapping, regions, zones }} onChange={change} onDialect={changeDialect} />
      <Section title={t("would")} aside={isReading ? t("reading") : t("wouldNote")}>
        <div aria-live="polite" className="grid gap-4 pt-3">
          {failure && <Banner tone="bad" title={failure} />}
          {fault ? (
            <Banner tone="care" title={translate(fault)} />
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

/** Loads a new preview after each change. The change shows at once. */
function usePreview(id: ImportId, firstPreview: ImportPreview) {
  const trpc = useTRPC();
  const [preview, setPreview] = useState(firstPreview);
  const [mapping, setMapping] = useState(firstPreview.mapping);
  const load = useMutation(trpc.import.preview.mutationOptions());

  const change = (changes: Partial<Mapping>) => {
    const changed = { ...mapping, ...changes };
    setMapping(changed);
    // Only the answer to the last change counts.
    load.mutate({ id, mapping: changed }, { onSuccess: setPreview });
  };
  const changeDialect = (dialect: { encoding: Encoding; delimiter: Delimiter }) => {
    setMapping({ ...mapping, ...dialect });
    load.mutate(
      { id, dialect },
      {
        onSuccess(guessed) {
          setPreview(guessed);
          setMapping(guessed.mapping);
        },
      },
    );
  };
  const { isPending: isReading, error } = load;
  return { preview, mapping, change, changeDialect, isReading, failure: error?.message ?? null };
}

/** Starts the import. The page then shows its progress. */
function useStart(id: ImportId) {
  const trpc = useTRPC();
  const { onSuccess } = useRefreshed();
  const begin = useMutation(trpc.import.start.mutationOptions({ onSuccess }));
  return {
    start: (mapping: Mapping, isDryRun: boolean) => begin.mutate({ id, mapping, isDryRun }),
    // Disabled until the page is rendered again.
    isStarting: begin.isPending || begin.isSuccess,
    startFailure: begin.error?.message ?? null,
  };
}

/** Table of the rows with remarks. */
function RemarkTable({ preview: { remarked } }: { preview: ImportPreview }) {
  const t = useTranslations("import");
  const { fieldName, translate } = useFieldWords();
  if (remarked.length === 0) return null;
  const columns: [Column<ImportOutcome>, ...Column<ImportOutcome>[]] = [
    { key: "line", head: t("row"), cell: ({ line }) => t("rowNumber", { line }) },
    {
      key: "status",
      head: t("becomes"),
      cell: ({ status }) => (
        <span className={status === "rejected" ? "font-medium text-refuse" : undefined}>
          {t(`counts.${status}`)}
        </span>
      ),
    },
    {
      key: "why",
      head: t("why"),
      narrow: "full",
      cell: ({ remarks }) => (
        <ul>
          {remarks.map(({ field, message }) => (
            <li key={`${field} ${message.key}`}>
              {field !== null && <b>{fieldName(field)}: </b>}
              {translate(message)}
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <div className="pt-4">
      <Table
        isStack
        caption={t("remarked")}
        columns={columns}
        rows={remarked}
        rowKey={({ line }) => String(line)}
      />
    </div>
  );
}
