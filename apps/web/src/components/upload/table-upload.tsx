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
  /** Where it is sent. */
  address: string;
  label: string;
  hint: string;
  /** What it may be beside a table, as `accept` of an input. */
  others?: string;
  /** Said once it is there, where the page tells nothing of it by itself. */
  taken?: string;
};

/** Takes a list, a sheet of a workbook where it is one, and sends it; the page then shows what became of it. */
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
      {/* It keeps what was chosen, for when it has to be sent again. */}
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
