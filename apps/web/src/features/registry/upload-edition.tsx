"use client";

import type { RegistryId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { FileDrop } from "@/components/file-drop";
import { SendingFile } from "@/components/upload/sending-file";
import { useUpload } from "@/components/upload/use-upload";

/** Takes the next file of a registry that is put in by hand; it is read as soon as it is here. */
export function UploadEdition({ registryId }: { registryId: RegistryId }) {
  const t = useTranslations("uploadEdition");
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const { sentBytes, refused, send, stop } = useUpload(() => {
    setFile(null);
    router.refresh();
  });
  return (
    <div className="grid max-w-[40rem] gap-4">
      {refused && <Banner tone="bad" role="alert" title={refused.message ?? t("notSent")} />}
      {file && sentBytes !== null ? (
        <SendingFile file={file} sentBytes={sentBytes} onStop={stop} />
      ) : (
        <FileDrop
          label={t("file")}
          hint={t("fileHint")}
          accept=".csv,.txt,.zip,.xml,.json"
          onFile={(file) => {
            setFile(file);
            void send(file, `/api/registries/${registryId}/files`);
          }}
        />
      )}
    </div>
  );
}
