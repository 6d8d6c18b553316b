"use client";
import type { ImportKind } from "@ringfence/core/desk/import";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { RadioGroup } from "@/components/fields";
import { SendingFile, useUpload } from "@/components/upload/table-upload";
import { TableDrop } from "@/components/upload/table-drop";

type NewImportProps = {
  /** The kind selected at first. */
  kind: ImportKind;
  /** The kinds that the member may import. */
  kinds: readonly ImportKind[];
};

/** Uploads a file of a chosen kind. The next page shows how it is read before anything is recorded. */
export function NewImport({ kind, kinds }: NewImportProps) {
  const t = useTranslations("newImport");
  const kindNames = useTranslations("imports.kinds");
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const form = useForm<{ kind: ImportKind }>({ defaultValues: { kind } });
  const { progress, refused, send, stop } = useUpload((id) => router.push(`/imports/${id}`));
  return (
    <form
      className="grid max-w-[40rem] gap-6 pt-4"
      onSubmit={form.handleSubmit(
        ({ kind }) => file && send(file, `/api/uploads/imports?kind=${kind}`),
      )}
    >
      <RadioGroup
        legend={t("kind")}
        radio={form.register("kind")}
        choices={kinds.map((value) => ({
          value,
          label: kindNames(value),
          hint: t(`hints.${value}`),
        }))}
      />
      <TableDrop label={t("file")} hint={t("fileHint")} onFile={setFile} />
      {refused && <Banner tone="bad" role="alert" title={refused.message ?? t("notSent")} />}
      {file && progress !== null ? (
        <SendingFile file={file} progress={progress} onStop={stop} />
      ) : (
        <div>
          <Button type="submit" look="primary" whyNot={file === null && t("chooseFile")}>
            {t("send")}
          </Button>
        </div>
      )}
    </form>
  );
}
