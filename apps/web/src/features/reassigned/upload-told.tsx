"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { FileDrop } from "@/components/file-drop";
import { SendingFile } from "@/components/upload/sending-file";
import { useUpload } from "@/components/upload/use-upload";

type UploadToldProps = { address: string; label: string; hint: string; taken: string };

/** Takes a file of what others tell about numbers; screenings rest on it from the next call on. */
export function UploadTold({ address, label, hint, taken }: UploadToldProps) {
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
    <div className="grid max-w-[40rem] gap-4 pt-3">
      {refused && <Banner tone="bad" role="alert" title={refused.message ?? t("notSent")} />}
      <output>{isTaken && !refused && taken}</output>
      {file && sentBytes !== null && !isTaken ? (
        <SendingFile file={file} sentBytes={sentBytes} onStop={stop} />
      ) : (
        <FileDrop
          label={label}
          hint={hint}
          accept=".csv,.txt"
          onFile={(file) => {
            setFile(file);
            setIsTaken(false);
            void send(file, address);
          }}
        />
      )}
    </div>
  );
}
