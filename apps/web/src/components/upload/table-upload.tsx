"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Banner } from "../banner";
import { Button } from "../button";
import { SendingFile } from "./sending-file";
import { TableDrop } from "./table-drop";
import { useUpload } from "./use-upload";

type TableUploadProps = {
  /** Address of the upload. */
  address: string;
  label: string;
  hint: string;
  /** Formats accepted besides tables, as in `accept` of an input. */
  others?: string;
  /** Message after the upload, for pages that do not show its result themselves. */
  taken?: string;
};

/** Uploads a list, or one sheet of a workbook. The page then shows the result. */
export function TableUpload({ address, label, hint, others, taken }: TableUploadProps) {
  const t = useTranslations("upload");
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [timesTaken, setTimesTaken] = useState(0);
  const [sending, setSending] = useState<File | null>(null);
  const { progress, refused, send, stop } = useUpload(() => {
    setFile(null);
    setSending(null);
    setTimesTaken((times) => times + 1);
    router.refresh();
  });
  const isSending = sending !== null && progress !== null;
  const isTaken = timesTaken > 0 && file === null && !refused;
  return (
    <div className="grid max-w-[40rem] gap-4 pt-3">
      {refused && <Banner tone="bad" role="alert" title={refused.message ?? t("notSent")} />}
      <output>{isTaken && taken}</output>
      {isSending && <SendingFile file={sending} progress={progress} onStop={stop} />}
      {/* Keeps the chosen file, in case it has to be sent again. */}
      <div hidden={isSending} className="grid gap-4">
        <TableDrop
          key={timesTaken}
          label={label}
          hint={hint}
          {...(others && { others })}
          onFile={setFile}
        />
        <div>
          <Button
            disabled={file === null}
            onClick={() => {
              setSending(file);
              if (file) void send(file, address);
            }}
          >
            {t("send")}
          </Button>
        </div>
      </div>
    </div>
  );
}
