"use client";

import type { ReassignedQueryId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { FileDrop } from "@/components/file-drop";
import { SendingFile } from "@/components/upload/sending-file";
import { useUpload } from "@/components/upload/use-upload";

/** Takes what the database answered to a query; screenings rest on it from the next call on. */
export function UploadAnswers({ queryId }: { queryId: ReassignedQueryId }) {
  const t = useTranslations("reassigned");
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [isTaken, setIsTaken] = useState(false);
  const { sentBytes, refused, send, stop } = useUpload(() => {
    setFile(null);
    setIsTaken(true);
    router.refresh();
  });
  return (
    <div className="grid max-w-[40rem] gap-4">
      {refused && <Banner tone="bad" role="alert" title={refused.message ?? t("notSent")} />}
      <output>{isTaken && !refused && t("taken")}</output>
      {file && sentBytes !== null && !isTaken ? (
        <SendingFile file={file} sentBytes={sentBytes} onStop={stop} />
      ) : (
        <FileDrop
          label={t("file")}
          hint={t("fileHint")}
          accept=".csv,.txt"
          onFile={(file) => {
            setFile(file);
            setIsTaken(false);
            void send(file, `/api/reassigned/${queryId}/answers`);
          }}
        />
      )}
    </div>
  );
}
