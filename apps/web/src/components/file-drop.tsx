"use client";

import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { Icon } from "./icons";

type FileDropProps = {
  label: string;
  /** Accepted formats and sizes, and what happens to the file. */
  hint: ReactNode;
  /** The `accept` attribute of the input: `.csv,text/csv`. */
  accept: string;
  onFile: (file: File) => void;
};

/**
 * Takes one file, dropped or chosen. The input covers the whole area, so that the browser itself handles
 * drops.
 */
export function FileDrop({ label, hint, accept, onFile }: FileDropProps) {
  const t = useTranslations("fileDrop");
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  return (
    <div className="relative grid gap-1 rounded-md border border-dashed border-line-strong bg-sunken px-4 py-5 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-focus">
      <p className="flex flex-wrap items-center gap-x-2">
        <Icon of={Upload} />
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <span className="text-muted">{file ? file.name : t("none")}</span>
      </p>
      <p id={`${id}-hint`} className="text-sm text-muted">
        {hint}
      </p>
      <input
        id={id}
        type="file"
        accept={accept}
        aria-describedby={`${id}-hint`}
        className="absolute inset-0 cursor-pointer opacity-0"
        onChange={({ currentTarget }) => {
          const given = currentTarget.files?.[0];
          if (given === undefined) return;
          setFile(given);
          onFile(given);
        }}
      />
    </div>
  );
}
