"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { HEAD_BYTES } from "@ringfence/core/people/number-file";
import { Banner } from "../banner";
import { ChoiceField } from "../fields";
import { FileDrop } from "../file-drop";
import { type OpenedSheet, isArchive, isWorkbook, openWorkbook } from "./open-workbook";

const TABLES = ".csv,.tsv,.txt,.xlsx,text/csv";

type TableDropProps = {
  label: string;
  hint: ReactNode;
  /**
   * Formats accepted besides tables, as in `accept` of an input. Archives that are not workbooks then
   * pass unchanged.
   */
  others?: string;
  /** Called with a CSV or text file; with null while there is none that can be read. */
  onFile: (file: File | null) => void;
};

/** Takes a file of rows: text as it is, or one sheet of a workbook, by default the first with rows. */
export function TableDrop({ label, hint, others, onFile }: TableDropProps) {
  const t = useTranslations("tableDrop");
  const [sheets, setSheets] = useState<OpenedSheet[]>([]);
  const [chosen, setChosen] = useState("");
  const [isBroken, setBroken] = useState(false);
  const given = useRef<File>(null);

  const take = (sheet: OpenedSheet) => {
    setChosen(sheet.name);
    onFile(sheet.toFile());
  };
  const open = async (file: File) => {
    given.current = file;
    const isBook = await (others === undefined ? isArchive(file) : isWorkbook(file));
    const opened = isBook ? await openWorkbook(file).catch(() => []) : null;
    if (given.current !== file) return; // another file was chosen meanwhile
    setSheets(opened ?? []);
    setBroken(opened?.length === 0);
    const [first] = opened ?? [];
    if (first) take(first);
    else onFile(opened === null ? file : null);
  };

  const accept = [TABLES, others].filter(Boolean).join();
  return (
    <div className="grid gap-4">
      <FileDrop label={label} hint={hint} accept={accept} onFile={open} />
      {isBroken && (
        <Banner tone="bad" role="alert" title={t("broken")}>
          {t("brokenHint")}
        </Banner>
      )}
      {sheets.length > 1 && (
        <ChoiceField
          label={t("sheet")}
          choices={sheets.map(({ name }) => ({ key: name, name }))}
          chosen={chosen}
          onChoose={(name) => {
            const sheet = sheets.find((sheet) => sheet.name === name);
            if (sheet) take(sheet);
          }}
        />
      )}
    </div>
  );
}

/** A chosen file and its first bytes. It stays on this computer. */
export type FileHead = { file: File; bytes: Uint8Array; isWhole: boolean };

export function useFileHead() {
  const [head, setHead] = useState<FileHead | null>(null);
  const open = async (file: File): Promise<FileHead> => {
    const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const opened = { file, bytes, isWhole: bytes.length === file.size };
    setHead(opened);
    return opened;
  };
  return { head, open, forget: () => setHead(null) };
}
