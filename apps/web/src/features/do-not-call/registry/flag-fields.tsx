"use client";

import type { CsvMapping } from "@ringfence/core/do-not-call/registry";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { columnsIn, namesIn } from "./column-names";

type FlagFieldsProps = {
  mapping: CsvMapping;
  onMapping: (mapping: CsvMapping) => void;
  fault: string | undefined;
};

/** Of changes: the column that tells additions from removals, and how it says which. */
export function FlagFields({ mapping, onMapping, fault }: FlagFieldsProps) {
  const t = useTranslations("registryForm");
  if (mapping.kind !== "delta") return null;

  const { flag } = mapping;
  const change = (part: Partial<typeof flag>) =>
    onMapping({ ...mapping, flag: { ...flag, ...part } });
  return (
    <>
      {fault && <Banner tone="bad" role="alert" title={fault} />}
      <div className="grid gap-5 sm:grid-cols-3">
        <Field label={t("flagColumn")} hint={t("flagColumnHint")}>
          {(wired) => (
            <Input
              {...wired}
              defaultValue={flag.column}
              onChange={({ currentTarget }) =>
                change({ column: columnsIn(currentTarget.value)[0] ?? "" })
              }
            />
          )}
        </Field>
        <Field label={t("flagAdded")} hint={t("flagWords")}>
          {(wired) => (
            <Input
              {...wired}
              defaultValue={namesIn(flag.added)}
              onChange={({ currentTarget }) => change({ added: wordsIn(currentTarget.value) })}
            />
          )}
        </Field>
        <Field label={t("flagRemoved")} hint={t("flagWords")}>
          {(wired) => (
            <Input
              {...wired}
              defaultValue={namesIn(flag.removed)}
              onChange={({ currentTarget }) => change({ removed: wordsIn(currentTarget.value) })}
            />
          )}
        </Field>
      </div>
    </>
  );
}

const wordsIn = (text: string) =>
  text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
